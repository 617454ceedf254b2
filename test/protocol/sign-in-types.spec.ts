import { join } from 'node:path';

import ts from 'typescript';

const lib = join(__dirname, '..', '..', 'lib');
const snippet = join(__dirname, 'snippet.ts');
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  types: [],
  lib: ['lib.es2022.d.ts'],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  skipLibCheck: true,
};

/** What the compiler says about each sign-in, down to the most precise line. */
function complaintsAbout(signIns: readonly string[]): readonly string[] {
  const source = [
    `import type { UserSignIn } from '${lib}/protocol/auth-flow.js';`,
    `import type { CallContext } from '${lib}/client/shapes/call-context.js';`,
    'declare function authenticate(request: UserSignIn & CallContext): void;',
  ];
  const text = [...source, ...signIns.map((signIn) => `authenticate(${signIn});`)].join('\n');
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => file === snippet || disk.fileExists(file),
    getSourceFile: (file, ...rest) =>
      file === snippet ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : disk.getSourceFile(file, ...rest),
  };
  const program = ts.createProgram([snippet], OPTIONS, host);
  const file = program.getSourceFile(snippet);
  const diagnostics = program.getSemanticDiagnostics(file);
  return signIns.map((_, index) =>
    diagnostics
      .filter(({ start = 0 }) => file?.getLineAndCharacterOfPosition(start).line === source.length + index)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      .join('\n'),
  );
}

describe('the compiler', () => {
  it('misses the password, not the flow, of a sign-in with only a username', () => {
    const [complete, ...incomplete] = complaintsAbout([
      "{ username: 'ann', password: 'x' }",
      "{ username: 'ann' }",
      "{ flow: 'USER_SRP_AUTH', username: 'ann' }",
      "{ flow: 'USER_PASSWORD_AUTH', username: 'ann' }",
    ]);

    expect(complete).toBe('');
    for (const complaint of incomplete) {
      expect(complaint).toContain("Property 'password' is missing");
      expect(complaint).not.toContain("'flow' is missing");
    }
  });
});
