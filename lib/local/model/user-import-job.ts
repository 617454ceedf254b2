import type { PasswordHashingAlgorithmType, UserImportJobStatusType } from '@aws-sdk/client-cognito-identity-provider';

/** An import of users from a CSV file: CreateUserImportJob. */
export interface UserImportJob {
  readonly id: string;
  readonly name: string;
  readonly logsRoleArn: string;
  /** How the passwords of the file are hashed. Undefined: it has none. */
  readonly algorithm?: PasswordHashingAlgorithmType;
  /** Signature of the URL to which the file is uploaded. */
  readonly uploadSignature: string;
  status: UserImportJobStatusType;
  completionMessage?: string;
  imported: number;
  skipped: number;
  failed: number;
  /** Epoch milliseconds, like the other times. */
  readonly createdAt: number;
  startedAt?: number;
  completedAt?: number;
}

/** The uploaded file of an import that has not ended. */
export interface UserImportFile {
  readonly jobId: string;
  readonly csv: string;
}

/** A password hash that was imported with its user. The first sign-in with the password replaces it. */
export interface ImportedPassword {
  readonly algorithm: PasswordHashingAlgorithmType;
  readonly hash: string;
}
