import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../engine/environment.js';
import type { RequiredMember } from './required-member.js';

type CommandClass = Exclude<Extract<keyof typeof Sdk, `${string}Command`>, '$Command'>;

/** Every operation that the SDK has. A new one from AWS fails to compile in `operation-table.ts`. */
export type OperationName = CommandClass extends `${infer Name}Command` ? Name : never;

type Command<Name extends OperationName> = InstanceType<(typeof Sdk)[`${Name}Command`]>;

/** The request of an operation, as a client sends it. */
export type OperationInput<Name extends OperationName> = Command<Name>['input'];

type Handler<Name extends OperationName> = ReturnType<Command<Name>['resolveMiddleware']>;

/** The response of an operation. Timestamps are `Date`s here. */
export type OperationOutput<Name extends OperationName> = Omit<
  Awaited<ReturnType<Handler<Name>>>['output'],
  '$metadata'
>;

/** A request that `checkRequest` has accepted: it has its required members. */
export type CheckedInput<Input> = Omit<Input, RequiredMember<Input>> & {
  [Member in RequiredMember<Input>]-?: NonNullable<Input[Member]>;
};

/** The context of one call. */
export interface CallContext {
  readonly environment: Environment;
  /** The IP address of the client. */
  readonly sourceIp: string;
  /** The caller's User-Agent header. */
  readonly userAgent: string;
  /** The Region that the request is signed for, or the server's: the Region of a new pool. */
  readonly region: string;
}

/** An operation. */
export interface Operation<Name extends OperationName> {
  readonly handle: (
    environment: Environment,
    input: CheckedInput<OperationInput<Name>>,
    call: CallContext,
  ) => Promise<OperationOutput<Name>> | OperationOutput<Name>;
}

/** Operations by name. */
export type OperationTable<Names extends OperationName> = { readonly [Name in Names]: Operation<Name> };
