import type { ScaffoldPlan } from './plan.js';
import { firstSteps } from './templates/first-steps.js';

/** The files that a plan creates or changes, as lines for a terminal. */
export function describeChanges({ changes }: ScaffoldPlan): string[] {
  return changes.map(({ path, isNew, what }) => {
    const detail = what.length === 0 ? '' : `: ${what.join(', ')}`;
    return `${isNew ? 'CREATE' : 'UPDATE'} ${path}${detail}`;
  });
}

/** What the user has to do or to know. */
export function describeRest({ changes, manual, notes, missing }: ScaffoldPlan): string[] {
  if (changes.length === 0 && manual.length === 0 && missing.length === 0) {
    return ['Nothing to change: the application is set up with mandate already.'];
  }
  return [
    ...manual.flatMap(({ path, reason, code }) => [`BY HAND ${path}: ${reason}. Add:`, '', ...indented(code), '']),
    ...notes,
  ];
}

/** The first steps with the application. */
export function nextSteps({ packageManager, api }: Pick<ScaffoldPlan, 'packageManager' | 'api'>): string[] {
  const commands = firstSteps(api);
  return [
    'Next, each in a terminal of its own:',
    '  npx mandate local',
    `  ${packageManager} run start:dev`,
    '  npx mandate doctor',
    ...(commands.length === 0
      ? []
      : [
          '',
          `Then sign up and in. ${api === 'cookie' ? 'The' : 'authenticate answers the access token; the'} terminal of "npx mandate local" prints the code:`,
          ...commands.map((command) => `  ${command}`),
        ]),
  ];
}

function indented(code: string): string[] {
  return code.split(/\r?\n/).map((line) => (line === '' ? '' : `    ${line}`));
}
