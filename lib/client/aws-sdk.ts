// Imported when it is first needed, and not the SDK itself: bundlers make an object of a CommonJS package that `import()`
// names whose members are under `default` alone. A static import they translate correctly.
import * as sdk from '@aws-sdk/client-cognito-identity-provider';

export { sdk };
