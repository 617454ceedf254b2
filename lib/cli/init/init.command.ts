import { randomBytes } from 'node:crypto';

import { describeChanges, describeRest, nextSteps } from '../../scaffold/describe-plan.js';
import { packageVersion } from '../../scaffold/package-manifest.js';
import type { ScaffoldPlan } from '../../scaffold/plan.js';
import { planScaffold } from '../../scaffold/plan-scaffold.js';
import { API_KINDS, type ApiKind, ScaffoldError } from '../../scaffold/scaffold-options.js';
import { pathFrom, surroundingsOf } from '../../scaffold/surroundings.js';
import { typescriptOf } from '../../scaffold/source/typescript.js';
import type { Command, CommandOptions, ExitCode, OptionValues } from '../command.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { diskFiles } from './disk-files.js';
import { FileError } from './file-error.js';
import { installPackages } from './install-packages.js';
import { writeChanges } from './write-changes.js';

const OPTIONS = {
  api: {
    value: 'kind',
    description:
      'How users sign in: "body" and "cookie" are the auth API with tokens in bodies or in a cookie, "controller" is a controller of your own, "none" adds no routes.',
    default: 'body',
  },
  project: { value: 'name', description: 'The project of a monorepo, by its name in nest-cli.json.' },
  path: {
    value: 'file',
    description: 'The file of the root module. Default: the one that main.ts creates the application of.',
  },
  'skip-install': { description: 'Does not install the packages that are missing.' },
  'dry-run': { description: 'Prints what would change, and writes nothing.' },
} as const satisfies CommandOptions;

/** `mandate init`: `nest add mandate` for those without the Nest CLI. */
export const initCommand: Command = {
  description:
    'Sets the NestJS application in this folder up with mandate: the module with ConfigService, a guard for every route, routes for signing in, a guarded GET /me, .env, a test with an embedded Cognito, and the packages. Run again, it changes nothing.',
  options: OPTIONS,
  notes: 'No file is overwritten. What cannot be edited is printed as code to paste.',
  run: async (values, terminal) => {
    try {
      return await setUp(values, terminal);
    } catch (error) {
      if (!(error instanceof FileError)) {
        throw error;
      }
      terminal.printError(`mandate: ${error.message}`);
      return 1;
    }
  },
};

async function setUp(values: OptionValues, terminal: Terminal): Promise<ExitCode> {
  const plan = planFor(values, terminal);
  const changes = describeChanges(plan);
  if (values['dry-run'] === true) {
    terminal.print([...changes, ...describeRest(plan), '', 'This was a dry run: nothing has been written.'].join('\n'));
    return 0;
  }
  writeChanges(terminal.directory, plan.changes);
  if (changes.length > 0) {
    terminal.print(changes.join('\n'));
  }
  return finish(plan, values, terminal);
}

function planFor(values: OptionValues, { directory }: Terminal): ScaffoldPlan {
  const { project, path, api } = values as Readonly<Record<string, string | undefined>>;
  try {
    return planScaffold(
      diskFiles(directory),
      {
        api: apiKind(api),
        project,
        module: path === undefined ? undefined : pathFrom(directory, path),
        version: packageVersion(),
        surroundings: surroundingsOf(directory),
        newSecret: () => randomBytes(32).toString('base64url'),
      },
      typescriptOf(directory),
    );
  } catch (error) {
    // The folder, the project or the file that the user has named.
    throw error instanceof ScaffoldError ? new UsageError(error.message) : error;
  }
}

async function finish(plan: ScaffoldPlan, values: OptionValues, terminal: Terminal): Promise<ExitCode> {
  const { install, missing } = plan;
  if (missing.length > 0) {
    terminal.print(`Packages that are not installed: ${missing.join(', ')}`);
  }
  if (install !== undefined && values['skip-install'] === true) {
    terminal.print(`Install them with: ${install} install`);
  } else if (install !== undefined && !(await installPackages(terminal.directory, install))) {
    terminal.printError(`mandate: the packages could not be installed. Run: ${install} install`);
    return 1;
  }
  terminal.print(['', ...describeRest(plan), '', ...nextSteps(plan)].join('\n'));
  return 0;
}

function apiKind(value: string | undefined): ApiKind {
  const kind = API_KINDS.find((each) => each === value);
  if (kind === undefined) {
    throw new UsageError(`--api must be one of ${API_KINDS.join(', ')}, not "${value ?? ''}".`);
  }
  return kind;
}
