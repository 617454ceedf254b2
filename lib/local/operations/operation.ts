import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../engine/environment.js';
import type { MemberRules } from './member-rules.js';
import type { RequiredMember } from './required-member.js';

type CommandClass = Exclude<Extract<keyof typeof Sdk, `${string}Command`>, '$Command'>;

/** The name of every operation that the SDK knows; one that AWS adds fails to compile in `operation-table.ts`. */
export type OperationName = CommandClass extends `${infer Name}Command` ? Name : never;

type Command<Name extends OperationName> = InstanceType<(typeof Sdk)[`${Name}Command`]>;

/** An operation's request as a client writes it. */
export type OperationInput<Name extends OperationName> = Command<Name>['input'];

type Handler<Name extends OperationName> = ReturnType<Command<Name>['resolveMiddleware']>;

/** An operation's answer. Dates are `Date`s here. */
export type OperationOutput<Name extends OperationName> = Omit<
  Awaited<ReturnType<Handler<Name>>>['output'],
  '$metadata'
>;

/** A request whose required members have been checked. */
export type CheckedInput<Input> = Omit<Input, RequiredMember<Input>> & {
  [Member in RequiredMember<Input>]-?: NonNullable<Input[Member]>;
};

/** What surrounds one call. */
export interface CallContext {
  readonly environment: Environment;
  /** The address that the request came from. */
  readonly sourceIp: string;
  /** The caller's User-Agent header. */
  readonly userAgent: string;
}

/** The rules for an operation's members and the code that answers it. */
export interface Operation<Name extends OperationName> {
  readonly members: MemberRules<OperationInput<Name>>;
  readonly handle: (
    environment: Environment,
    input: CheckedInput<OperationInput<Name>>,
    call: CallContext,
  ) => Promise<OperationOutput<Name>> | OperationOutput<Name>;
}

/** Operations by name. */
export type OperationTable<Names extends OperationName> = { readonly [Name in Names]: Operation<Name> };
