import { posix } from 'node:path';

import type { Application } from '../application.js';
import type { PlanDraft } from '../plan.js';
import type { PresentParts } from '../present-parts.js';
import type { ApiKind } from '../scaffold-options.js';
import { AUTH_CONTROLLER, ME_CONTROLLER } from '../templates/controllers.js';
import { planNewFile } from './new-file.js';
import type { ControllerFile } from './root-module.js';

/**
 * Plans the files of the controllers. Those that another file is in the way of are left out of the result. The first
 * guarded route is for applications that did not have the module before.
 */
export function planControllers(
  draft: PlanDraft,
  application: Application,
  api: ApiKind,
  present: PresentParts,
): ControllerFile[] {
  const { sourceRoot, rootModule } = application;
  const style = draft.read(rootModule.path) ?? '';
  const planned: [ControllerFile, string][] = present.module
    ? []
    : [[{ name: 'MeController', path: posix.join(sourceRoot, 'me.controller.ts') }, ME_CONTROLLER]];
  if (api === 'controller') {
    planned.push([
      { name: 'AuthController', path: posix.join(sourceRoot, 'auth', 'auth.controller.ts') },
      AUTH_CONTROLLER,
    ]);
  }
  return planned.filter(([{ path }, text]) => planNewFile(draft, path, text, style)).map(([controller]) => controller);
}
