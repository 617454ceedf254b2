import ts from 'typescript';

import { applyPlan, type ScaffoldPlan } from '../../lib/scaffold/plan.js';
import { planScaffold } from '../../lib/scaffold/plan-scaffold.js';
import type { ProjectFiles } from '../../lib/scaffold/project-files.js';
import type { ScaffoldOptions } from '../../lib/scaffold/scaffold-options.js';
import type { NoTypeScript } from '../../lib/scaffold/source/typescript.js';

/** A project in memory. */
export class MemoryProject implements ProjectFiles {
  readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files));
  }

  readonly read = (path: string) => this.files.get(path);
  readonly exists = (path: string) => this.files.has(path);
  readonly write = (path: string, text: string) => void this.files.set(path, text);

  text(path: string): string {
    return this.files.get(path) ?? `There is no ${path}.`;
  }
}

export const APP_MODULE = `import { Module } from '@nestjs/common';
import { AppController } from './app.controller';
import { AppService } from './app.service';

@Module({
  imports: [],
  controllers: [AppController],
  providers: [AppService],
})
export class AppModule {}
`;

export const APP_CONTROLLER = `import { Controller, Get } from '@nestjs/common';
import { AppService } from './app.service';

@Controller()
export class AppController {
  constructor(private readonly appService: AppService) {}

  @Get()
  getHello(): string {
    return this.appService.getHello();
  }
}
`;

export const MAIN = `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000);
}
bootstrap();
`;

export const JEST_E2E = `{
  "moduleFileExtensions": ["js", "json", "ts"],
  "rootDir": ".",
  "testEnvironment": "node",
  "testRegex": ".e2e-spec.ts$",
  "transform": {
    "^.+\\\\.(t|j)s$": "ts-jest"
  }
}
`;

/** package.json as `nest new` of Nest 11 writes it, without what does not matter here. */
export function manifest(more: object = {}): string {
  const content = {
    name: 'app',
    private: true,
    dependencies: { '@nestjs/common': '^11.0.1', '@nestjs/core': '^11.0.1', rxjs: '^7.8.1' },
    devDependencies: {
      '@nestjs/testing': '^11.0.1',
      jest: '^30.0.0',
      supertest: '^7.0.0',
      '@types/supertest': '^7.0.0',
    },
    jest: { rootDir: 'src', transform: { '^.+\\.(t|j)s$': 'ts-jest' } },
    ...more,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What `nest new` of Nest 11 writes, with other files in place of some. */
export function freshApp(files: Readonly<Record<string, string>> = {}): MemoryProject {
  return new MemoryProject({
    'package.json': manifest(),
    'nest-cli.json': '{ "sourceRoot": "src" }',
    'src/app.module.ts': APP_MODULE,
    'src/app.controller.ts': APP_CONTROLLER,
    'src/main.ts': MAIN,
    'test/jest-e2e.json': JEST_E2E,
    ...files,
  });
}

export const OPTIONS: ScaffoldOptions = { api: 'body', version: '1.2.3', newSecret: () => 's'.repeat(43) };

/** Plans and applies, and returns the plan. */
export function setUp(
  project: MemoryProject,
  options: Partial<ScaffoldOptions> = {},
  compiler: typeof ts | NoTypeScript = ts,
): ScaffoldPlan {
  const plan = planScaffold(project, { ...OPTIONS, ...options }, compiler);
  applyPlan(plan, project);
  return plan;
}

/** The faults of syntax in a text. */
export function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, experimentalDecorators: true },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** What `@Module()` of a class has, evaluated: calls are the text of what is called. */
export function metadataOf(text: string, className = 'AppModule'): Record<string, string[]> {
  const file = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true);
  const lists: Record<string, string[]> = {};
  for (const statement of file.statements.filter(ts.isClassDeclaration)) {
    const decorator = (ts.getDecorators(statement) ?? []).find((each) => each.getText().includes('Module('));
    if (statement.name?.text === className && decorator && ts.isCallExpression(decorator.expression)) {
      const [metadata] = decorator.expression.arguments;
      if (metadata && ts.isObjectLiteralExpression(metadata)) {
        for (const property of metadata.properties.filter(ts.isPropertyAssignment)) {
          lists[property.name.getText()] = ts.isArrayLiteralExpression(property.initializer)
            ? property.initializer.elements.map((element) => element.getText().replaceAll(/\s+/g, ' '))
            : [property.initializer.getText()];
        }
      }
    }
  }
  return lists;
}
