import { randomBytes } from 'node:crypto';

import { packageVersion } from '../scaffold/package-manifest.js';
import { describeRest, nextSteps } from '../scaffold/describe-plan.js';
import { applyPlan } from '../scaffold/plan.js';
import { planScaffold } from '../scaffold/plan-scaffold.js';
import type { ProjectFiles } from '../scaffold/project-files.js';
import type { ApiKind } from '../scaffold/scaffold-options.js';
import { pathFrom, surroundingsOf } from '../scaffold/surroundings.js';
import { typescriptOf } from '../scaffold/source/typescript.js';
import type { SchematicRule, SchematicTree } from './schematic-tree.js';

/** The options of nest-add.schema.json. */
export interface NestAddOptions {
  readonly api?: ApiKind;
  readonly project?: string;
  readonly sourceRoot?: string;
  readonly path?: string;
  readonly skipInstall?: boolean;
}

/** The schematic behind `nest add mandate`. */
export default function nestAdd(options: NestAddOptions): SchematicRule {
  return (tree, { logger, addTask }) => {
    const files = filesOf(tree);
    const plan = planScaffold(
      files,
      {
        api: options.api ?? 'body',
        project: options.project,
        sourceRoot: options.sourceRoot,
        module: options.path === undefined ? undefined : pathFrom(process.cwd(), options.path),
        version: packageVersion(),
        surroundings: surroundingsOf(process.cwd()),
        newSecret: () => randomBytes(32).toString('base64url'),
      },
      typescriptOf(process.cwd()),
    );
    applyPlan(plan, files);
    logger.info(['', ...describeRest(plan), '', ...nextSteps(plan)].join('\n'));
    if (plan.install !== undefined && options.skipInstall !== true) {
      const { install } = plan;
      addTask({
        toConfiguration: () => ({ name: 'node-package', options: { command: 'install', packageManager: install } }),
      });
    }
  };
}

function filesOf(tree: SchematicTree): ProjectFiles {
  return {
    read: (path) => {
      const content = tree.read(path);
      return content === null ? undefined : Buffer.from(content).toString('utf8');
    },
    exists: (path) => tree.exists(path),
    write: (path, text) => {
      if (tree.exists(path)) {
        tree.overwrite(path, text);
      } else {
        tree.create(path, text);
      }
    },
  };
}
