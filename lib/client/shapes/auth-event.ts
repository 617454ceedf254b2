import { requireMember } from '../../protocol/protocol-error.js';

/**
 * An entry of a user's history, in pools with threat protection. Values that Cognito adds later are passed on.
 *
 * @publicApi
 */
export interface AuthEvent {
  readonly id: string;
  /** `SignIn`, `SignUp`, `ForgotPassword`, `PasswordChange` or `ResendCode` (EventType of the API). */
  readonly type?: string;
  /** `Pass`, `Fail` or `InProgress`. */
  readonly response?: string;
  /** In milliseconds since the epoch. */
  readonly createdAt?: number;
  readonly risk?: {
    /** `NoRisk`, `AccountTakeover` or `Block`. */
    readonly decision?: string;
    /** `Low`, `Medium` or `High`. */
    readonly level?: string;
    readonly compromisedCredentials?: boolean;
  };
  /** What was asked, `Password` or `Mfa`, and whether it was answered: `Success` or `Failure`. */
  readonly challenges: readonly { readonly name?: string; readonly response?: string }[];
  /** Where the request came from. */
  readonly context?: {
    readonly ipAddress?: string;
    readonly deviceName?: string;
    readonly timezone?: string;
    readonly city?: string;
    readonly country?: string;
  };
  /** What was said about the event; see `AdminAuthEvents.setFeedback`. */
  readonly feedback?: {
    /** Whether it was the user. */
    readonly valid: boolean;
    /** Who said it: `Admin` or `User`. */
    readonly provider?: string;
    /** In milliseconds since the epoch. */
    readonly createdAt?: number;
  };
}

type Text = string | undefined;

interface SdkAuthEvent {
  readonly EventId?: Text;
  readonly EventType?: Text;
  readonly EventResponse?: Text;
  readonly CreationDate?: Date | undefined;
  readonly EventRisk?:
    | {
        readonly RiskDecision?: Text;
        readonly RiskLevel?: Text;
        readonly CompromisedCredentialsDetected?: boolean | undefined;
      }
    | undefined;
  readonly ChallengeResponses?:
    readonly { readonly ChallengeName?: Text; readonly ChallengeResponse?: Text }[] | undefined;
  readonly EventContextData?:
    | {
        readonly IpAddress?: Text;
        readonly DeviceName?: Text;
        readonly Timezone?: Text;
        readonly City?: Text;
        readonly Country?: Text;
      }
    | undefined;
  readonly EventFeedback?:
    { readonly FeedbackValue: Text; readonly Provider: Text; readonly FeedbackDate?: Date | undefined } | undefined;
}

/** Translates AuthEventType. */
export function readAuthEvent(event: SdkAuthEvent): AuthEvent {
  const { EventRisk: risk, EventContextData: context, EventFeedback: feedback, ChallengeResponses = [] } = event;
  return {
    id: requireMember('EventId', event.EventId),
    ...given({ type: event.EventType, response: event.EventResponse, createdAt: event.CreationDate?.getTime() }),
    ...(risk && {
      risk: given({
        decision: risk.RiskDecision,
        level: risk.RiskLevel,
        compromisedCredentials: risk.CompromisedCredentialsDetected,
      }),
    }),
    challenges: ChallengeResponses.map(({ ChallengeName, ChallengeResponse }) =>
      given({ name: ChallengeName, response: ChallengeResponse }),
    ),
    ...(context && {
      context: given({
        ipAddress: context.IpAddress,
        deviceName: context.DeviceName,
        timezone: context.Timezone,
        city: context.City,
        country: context.Country,
      }),
    }),
    ...(feedback && {
      feedback: {
        valid: feedback.FeedbackValue === 'Valid',
        ...given({ provider: feedback.Provider, createdAt: feedback.FeedbackDate?.getTime() }),
      },
    }),
  };
}

/** The members that have a value. */
function given<Members extends object>(
  members: Members,
): { readonly [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
