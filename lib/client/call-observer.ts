import type { MandateError } from '../errors/mandate-error.js';

/** A call to Cognito: the name of the operation at AWS, and its input. It holds secrets, so an observer keeps nothing of it. */
export interface ObservedCall {
  readonly operation: string;
  readonly input: object;
}

/** Is told how each call to Cognito ended. It must not throw. */
export interface CallObserver {
  succeeded(call: ObservedCall, output: object): void;
  failed(call: ObservedCall, error: MandateError): void;
}
