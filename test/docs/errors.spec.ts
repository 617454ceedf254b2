import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CognitoService, MandateError, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';
import { Test } from '@nestjs/testing';

import { ERROR_STATUS } from '../../lib/errors/error-codes.js';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'reference', 'errors.md'), 'utf8');
const source = readFileSync(join(root, 'lib', 'errors', 'error-codes.ts'), 'utf8');

interface Entry {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
}

/** The heading of each group, and each code with its status and meaning, in the order of the code. */
function entriesOfCode(): (string | Entry)[] {
  const found = source.matchAll(/^ {2}\/\/ --- (.+) ---$|^ {2}\/\*\* (.+) \*\/\n {2}([A-Z_]+): (\d+),$/gm);
  return [...found].map(
    ([, group, meaning = '', code = '', status]) => group ?? { code, status: Number(status), meaning },
  );
}

function entriesOfPage(): (string | Entry)[] {
  const found = page.matchAll(/^## (.+)$|^### ([A-Z_]+)\n\n\*\*(\d+)\*\* ([^]+?)\n\n- Cause: [^]+?\n- Remedy: \S/gm);
  return [...found].map(
    ([, group, code = '', status, meaning = '']) =>
      group ?? { code, status: Number(status), meaning: meaning.replaceAll('\n', ' ') },
  );
}

describe('docs/reference/errors.md', () => {
  it('has every code with its status, its meaning, a cause and a remedy, in the order of the code', () => {
    expect(entriesOfCode().filter((entry) => typeof entry !== 'string')).toHaveLength(Object.keys(ERROR_STATUS).length);
    expect(entriesOfPage()).toEqual(entriesOfCode());
  });

  it('is where the errors lead', () => {
    const { docsUrl } = new MandateError('TOKEN_EXPIRED', 'The token has expired.');
    expect(docsUrl).toBe('https://mandate-nestjs.github.io/mandate/reference/errors#TOKEN_EXPIRED');
  });

  it('shows a switch that works', async () => {
    await using local = await disposableCognito();
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRoot(local.cognito.pool().moduleOptions())],
    }).compile();
    const cognito = module.get(CognitoService);
    // #region switch
    const answerTo = async (username: string, password: string): Promise<string> => {
      try {
        const outcome = await cognito.authenticate({ username, password });
        return outcome.status;
      } catch (error) {
        if (!(error instanceof MandateError)) {
          throw error;
        }
        switch (error.code) {
          case 'CREDENTIALS_INVALID':
            return 'The username or the password is wrong.';
          case 'USER_NOT_CONFIRMED':
            return 'Enter the code from our e-mail first.';
          default:
            throw error;
        }
      }
    };
    // #endregion
    expect(await answerTo('ann', 'Correct-Horse-9')).toBe('AUTHENTICATED');
    expect(await answerTo('ann', 'wrong')).toBe('The username or the password is wrong.');
    await cognito.register({ username: 'bob', password: 'Correct-Horse-9', attributes: { email: 'bob@example.com' } });
    expect(await answerTo('bob', 'Correct-Horse-9')).toBe('Enter the code from our e-mail first.');
    await module.close();
  });
});

async function disposableCognito() {
  const cognito = await LocalCognito.start({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] });
  return { cognito, [Symbol.asyncDispose]: () => cognito.stop() };
}
