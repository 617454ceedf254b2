import Sequencer from '@jest/test-sequencer';

/** Suites with many processes or a browser. Jest knows how long suites take only where they have run before. */
const LONG = [
  'test/package/packed/nest-add',
  'test/package/packed/tooling',
  'test/package/start.spec',
  'test/package/release',
  'test/local/store/durability',
  'test/local/steering/overview',
  'test/local/oauth/real-browser',
  'test/http/browser/managed-login',
  'test/http/api/bad-paths',
  'sample/08-managed-login',
  'sample/09-spa-and-redis',
];

/** Starts the longest suites first: at the end one of them would keep one worker busy, and leave the others idle. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = LONG.findIndex((name) => path.replaceAll('\\', '/').includes(name));
      return at === -1 ? LONG.length : at;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
}
