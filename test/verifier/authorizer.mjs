// A Lambda authorizer of API Gateway (payload format 2.0) as users write it, with a call of it at the end. It prints
// whether the valid token and an invalid one were accepted, and which files were loaded.
import { Session } from 'node:inspector';

const { entry, options, tokens } = JSON.parse(process.argv[2]);
const { createPoolVerifier, TokenRejectedError, usernameOf } = await import(entry);

const verifier = createPoolVerifier(options);

async function handler(event) {
  const token = event.headers.authorization?.replace(/^Bearer /, '') ?? '';
  try {
    const claims = await verifier.verify(token);
    return { isAuthorized: true, context: { username: usernameOf(claims) } };
  } catch (error) {
    if (error instanceof TokenRejectedError) {
      return { isAuthorized: false };
    }
    throw error;
  }
}

const answers = [];
for (const token of tokens) {
  answers.push(await handler({ headers: { authorization: `Bearer ${token}` } }));
}
console.log(JSON.stringify({ answers, loaded: loadedFiles() }));

/** All scripts of this process, CommonJS and ES modules alike: the debugger reports each when it is enabled. */
function loadedFiles() {
  const files = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => files.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return files;
}
