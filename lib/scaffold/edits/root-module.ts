import { posix } from 'node:path';

import type { PresentParts } from '../present-parts.js';
import type { ApiKind } from '../scaffold-options.js';
import type { EditableSource } from '../source/editable-source.js';
import { addImports, importedName } from '../source/imports.js';
import { addToModule, type ModuleList } from '../source/module-decorator.js';
import { authApiModule, CONFIG_MODULE, FILTER, GUARD, mandateModule } from '../templates/root-module.js';

/** A class of the application that the root module gets as a controller. */
export interface ControllerFile {
  readonly name: string;
  readonly path: string;
}

/** An element of a list of `@Module()`, with the imports that it needs. */
interface Part {
  readonly list: ModuleList;
  readonly element: string;
  readonly imports: readonly (readonly [names: readonly string[], module: string])[];
  readonly what: string;
}

/** What the root module lacks. */
export interface RootModuleAdditions {
  readonly api: ApiKind;
  readonly present: PresentParts;
  readonly controllers: readonly ControllerFile[];
  /** What relative imports end in. */
  readonly extension: string;
}

/** Adds the modules, the guard, the filter and the controllers that are missing. */
export function editRootModule(
  source: EditableSource,
  className: string | undefined,
  additions: RootModuleAdditions,
): string[] {
  const missing = partsOf(source.path, additions).filter(({ list, imports }) => {
    const [[names, module] = [[], '']] = imports;
    return list !== 'controllers' || importedName(source, names[0] ?? '', module) === undefined;
  });
  importsOf(missing).forEach((names, module) => {
    addImports(source, names, module);
  });
  for (const { list, element } of missing) {
    addToModule(source, list, element, className);
  }
  return missing.map(({ what }) => what);
}

/** The same as code to paste. */
export function rootModuleCode(path: string, additions: RootModuleAdditions): string {
  const parts = partsOf(path, additions);
  const imports = [...importsOf(parts)].map(([module, names]) => `import { ${names.join(', ')} } from '${module}';`);
  const lists = (['imports', 'controllers', 'providers'] as const).flatMap((list) => {
    const elements = parts.filter((part) => part.list === list).map(({ element }) => `${indented(element)},`);
    return elements.length === 0 ? [] : [`${list}: [`, ...elements, '],'];
  });
  return [...imports, '', '// In @Module():', ...lists].join('\n');
}

/** The names to import by their modules. */
function importsOf(parts: readonly Part[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const [imported, module] of parts.flatMap(({ imports }) => imports)) {
    names.set(module, [...new Set([...(names.get(module) ?? []), ...imported])].sort());
  }
  return names;
}

function indented(code: string): string {
  return code.replaceAll(/^/gm, '  ');
}

function partsOf(path: string, { api, present, controllers, extension }: RootModuleAdditions): Part[] {
  const importsConfig = present.config === 'imported';
  const config = importsConfig ? ['ConfigModule', 'ConfigService'] : ['ConfigService'];
  const routes = authApiModule(api, importsConfig);
  const parts: (Part | false)[] = [
    !present.module &&
      present.config === undefined && {
        list: 'imports',
        element: CONFIG_MODULE,
        imports: [[['ConfigModule'], '@nestjs/config']],
        what: 'imports ConfigModule',
      },
    !present.module && {
      list: 'imports',
      element: mandateModule(importsConfig),
      imports: [
        [config, '@nestjs/config'],
        [['MandateModule'], 'mandate'],
      ],
      what: 'imports MandateModule',
    },
    !present.api &&
      routes !== undefined && {
        list: 'imports',
        element: routes,
        imports: [
          ...(api === 'cookie' ? ([[config, '@nestjs/config']] as const) : []),
          [['MandateAuthApiModule'], 'mandate/http'],
        ],
        what: 'imports MandateAuthApiModule',
      },
    ...controllers.map(({ name, path: file }): Part => ({
      list: 'controllers',
      element: name,
      imports: [[[name], relativeImport(path, file, extension)]],
      what: `has ${name}`,
    })),
    !present.guard && {
      list: 'providers',
      element: GUARD,
      imports: [
        [['APP_GUARD'], '@nestjs/core'],
        [['CognitoAuthGuard'], 'mandate'],
      ],
      what: 'CognitoAuthGuard guards every route',
    },
    !present.filter && {
      list: 'providers',
      element: FILTER,
      imports: [
        [['APP_FILTER'], '@nestjs/core'],
        [['CognitoExceptionFilter'], 'mandate'],
      ],
      what: 'CognitoExceptionFilter answers errors',
    },
  ];
  return parts.filter((part) => part !== false);
}

/** The specifier by which a file imports another of the application. */
export function relativeImport(from: string, to: string, extension: string): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.ts$/, extension);
  return path.startsWith('.') ? path : `./${path}`;
}
