import Sequencer from '@jest/test-sequencer';

/** Starts the suites of the packed package first: they take longest, and would keep one worker busy at the end. */
export default class PackageFirst extends Sequencer {
  sort(tests) {
    const isPackage = ({ context }) => ['package', 'packed'].includes(context.config.displayName?.name);
    const sorted = super.sort(tests);
    return [...sorted.filter(isPackage), ...sorted.filter((test) => !isPackage(test))];
  }
}
