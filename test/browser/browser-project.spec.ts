import { join } from 'node:path';

import ts from 'typescript';

const root = join(__dirname, '..', '..');
const PAGE = join(root, 'lib', 'page.ts');
const CODE = `
import { AuthClientError, createAuthClient } from './browser/index.js';

const auth = createAuthClient({ fetch: window.fetch.bind(window), onSessionEnded: ({ reason }) => alert(reason) });
export async function start(form: HTMLFormElement): Promise<Response> {
  const { session } = await auth.signIn({ username: form.id, password: '' }, { signal: new AbortController().signal });
  const { code }: { code: string } = new AuthClientError(0, 'NETWORK_FAILED', session.sub);
  const wrong: number = session.sub;
  return auth.fetch(new Request(code), { headers: new Headers() });
}
`;

/** The declarations that the package ships, by path. */
function declarations(): ReadonlyMap<string, string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([join(root, 'lib', 'browser', 'index.ts')], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    types: ['node'],
  });
  const files = new Map<string, string>();
  program.emit(undefined, (path, text) => files.set(path, text));
  return files;
}

describe('the declarations of mandate/browser', () => {
  const files = declarations();

  /** What the compiler says of a page, in a project with the types of a browser alone. */
  const check = (code: string) => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      noEmit: true,
      types: [],
      skipLibCheck: false,
    };
    const host = ts.createCompilerHost(options);
    const read = (path: string) =>
      path === PAGE
        ? code
        : (files.get(path) ?? (path.includes('/typescript/lib/') ? ts.sys.readFile(path) : undefined));
    host.readFile = read;
    host.fileExists = (path) => read(path) !== undefined;
    host.getSourceFile = (path, version) => {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    };
    const program = ts.createProgram([PAGE], options, host);
    return {
      errors: ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' ')),
      paths: program.getSourceFiles().map(({ fileName }) => fileName),
    };
  };

  it('need neither Node nor a package: only the mistake of the page is found', () => {
    const { errors, paths } = check(CODE);
    expect(errors).toEqual(["Type 'string' is not assignable to type 'number'."]);
    expect(paths.filter((path) => path.includes('node_modules') && !path.includes('/typescript/lib/'))).toEqual([]);
    expect(paths).toContain(join(root, 'lib', 'browser', 'auth-client.d.ts'));
  });

  it('are checked by a compiler that would find a type of Node', () => {
    expect(check(`${CODE}\nexport const bytes: Buffer | undefined = undefined;`).errors).toHaveLength(2);
  });
});
