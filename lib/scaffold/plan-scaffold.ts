import { posix } from 'node:path';

import { type Application, findApplication } from './application.js';
import { openAppController } from './edits/app-controller.js';
import { planControllers } from './edits/controllers.js';
import { editSource } from './edits/edit-source.js';
import { planEnvironment } from './edits/environment-files.js';
import { planJest } from './edits/jest-config.js';
import { addSecuritySchemes, addValidationPipe } from './edits/main-file.js';
import { planPackages } from './edits/package-json.js';
import { editRootModule, rootModuleCode } from './edits/root-module.js';
import { planNewFile } from './edits/new-file.js';
import {
  hasPackage,
  loadsModulesNatively,
  type Manifest,
  nestMajor,
  packageManagerOf,
  readManifest,
  testRunner,
} from './manifest.js';
import { PlanDraft, type ScaffoldPlan } from './plan.js';
import { presentParts, type PresentParts } from './present-parts.js';
import type { ProjectFiles } from './project-files.js';
import type { ScaffoldOptions } from './scaffold-options.js';
import type { Surroundings } from './surroundings.js';
import { isTypeScript, type NoTypeScript, type TypeScript } from './source/typescript.js';
import { authTest } from './templates/auth-test.js';
import { SWAGGER, VALIDATION_PIPE } from './templates/main-file.js';

/** Nothing is known of files that cannot be read. */
const NOTHING: PresentParts = {
  module: false,
  api: false,
  guard: false,
  filter: false,
  otherGuards: [],
  config: undefined,
};

/** An application of which only its files are known. */
const ALONE: Surroundings = { isInstalled: () => true, parents: [] };

interface Work {
  readonly draft: PlanDraft;
  readonly compiler: TypeScript | NoTypeScript;
  readonly options: ScaffoldOptions;
  readonly manifest: Manifest;
  readonly application: Application;
  readonly present: PresentParts;
}

/**
 * Plans what sets an application up with this package: the module, the guard, routes for signing in, a guarded route, the
 * environment, a test and the packages. What is there already stays. Nothing is written.
 *
 * @param files - the project; only read here.
 * @param compiler - the application's own, which its files are read with.
 * @throws ScaffoldError if this is no application, or an unknown project or file is named.
 */
export function planScaffold(
  files: ProjectFiles,
  options: ScaffoldOptions,
  compiler: TypeScript | NoTypeScript,
): ScaffoldPlan {
  const manifest = readManifest(files);
  nestMajor(manifest);
  const ts = isTypeScript(compiler) ? compiler : undefined;
  const application = findApplication(files, manifest, options, ts);
  const { rootModule, mainFile } = application;
  const entries = [rootModule.path, ...(mainFile === undefined ? [] : [mainFile])];
  const present = ts === undefined ? NOTHING : presentParts(files, ts, entries);
  const draft = new PlanDraft(files);
  const work: Work = { draft, compiler, options, manifest, application, present };

  planModule(work);
  planMain(work);
  const openedRoute = planAppController(work);
  planEnvironment(draft, options.api, options.newSecret);
  planTest(work);
  const { isInstalled, parents } = options.surroundings ?? ALONE;
  const needs = { api: options.api, version: options.version, runner: testRunner(manifest) };
  const missing = planPackages(draft, manifest, needs, isInstalled);
  addNotes(work, openedRoute);
  const packageManager = packageManagerOf([files, ...parents]);
  return {
    api: options.api,
    changes: draft.changes,
    manual: draft.manual,
    notes: draft.notes,
    missing,
    install: missing.length > 0 ? packageManager : undefined,
    packageManager,
  };
}

function planModule(work: Work): void {
  const { draft, compiler, options, application, present } = work;
  const { rootModule, extension } = application;
  const controllers = planControllers(draft, application, options.api, present);
  const additions = { api: options.api, present, controllers, extension };
  editSource(
    draft,
    compiler,
    rootModule.path,
    (source) => editRootModule(source, rootModule.name, additions),
    () => rootModuleCode(rootModule.path, additions),
  );
}

function planMain({ draft, compiler, options, manifest, application: { mainFile } }: Work): void {
  if (mainFile === undefined) {
    return;
  }
  if (options.api === 'controller') {
    editSource(draft, compiler, mainFile, addValidationPipe, () => VALIDATION_PIPE);
  }
  if (hasPackage(manifest, '@nestjs/swagger')) {
    editSource(draft, compiler, mainFile, addSecuritySchemes, () => SWAGGER);
  }
}

/** @returns whether `GET /` has been opened. */
function planAppController({ draft, compiler, application, present }: Work): boolean {
  const path = generatedController(draft, application);
  if (present.guard || !draft.exists(path)) {
    return false;
  }
  const before = draft.read(path);
  editSource(
    draft,
    compiler,
    path,
    openAppController,
    () => "import { Public } from 'mandate';\n\n// At GET /:\n@Public()",
  );
  return draft.read(path) !== before;
}

/** `app.controller.ts` beside `app.module.ts`; in a monorepo both have the name of their project. */
function generatedController({ exists }: PlanDraft, { sourceRoot, rootModule }: Application): string {
  const sibling = rootModule.path.replace(/\.module\.ts$/, '.controller.ts');
  return exists(sibling) ? sibling : posix.join(sourceRoot, 'app.controller.ts');
}

function planTest({ draft, compiler, options, manifest, application, present }: Work): void {
  // The test calls the first guarded route, which an application that had the module before may not have.
  if (present.module) {
    return;
  }
  const runner = testRunner(manifest);
  if (runner === undefined) {
    draft.notes.push('No test is written, because neither Jest nor Vitest is among the packages.');
    return;
  }
  const path = posix.join(application.projectRoot, 'test', 'auth.e2e-spec.ts');
  const { rootModule, extension } = application;
  const text = authTest({
    api: options.api,
    modulePath: posix.relative(posix.dirname(path), rootModule.path).replace(/\.ts$/, extension),
    moduleName: rootModule.name ?? 'AppModule',
    isDefaultExport: rootModule.isDefaultExport ?? false,
    extension,
  });
  planNewFile(draft, path, text, draft.read(rootModule.path) ?? '');
  if (runner !== 'jest') {
    return;
  }
  if (loadsModulesNatively(manifest)) {
    draft.notes.push(
      'The tests need Node 24.9 or later: from then on Jest loads ES modules, such as those of NestJS 12, by itself.',
    );
  } else {
    planJest(draft, compiler, application.projectRoot);
  }
}

function addNotes({ draft, present, application: { rootModule } }: Work, openedRoute: boolean): void {
  if (!present.guard) {
    const isByHand = draft.manual.some(({ path }) => path === rootModule.path);
    draft.notes.push(
      isByHand
        ? `Once ${rootModule.path} has the code above, every route requires a signed-in user, unless it or its controller has @Public().`
        : 'Every route now requires a signed-in user, unless it or its controller has @Public().',
      ...(openedRoute ? ['GET / has it, so that its tests go on passing.'] : []),
    );
  }
  draft.notes.push(
    ...present.otherGuards.map(
      (name) => `${name} is a global guard, too. A request has to pass both, in the order of the providers.`,
    ),
  );
  if (draft.changes.some(({ path }) => path === '.env')) {
    draft.notes.push(
      '.env has the pool of "npx mandate local". Git ignores it: elsewhere, such as in CI, copy .env.example, or set the variables.',
    );
  }
}
