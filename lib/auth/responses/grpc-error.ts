import { isObject } from '../../types/is-object.js';
import type { ErrorPayload } from './socket-response.js';

/** The error of a gRPC call: `code` is a status code of gRPC there, and only that, `details` and `metadata` are sent. */
interface GrpcError {
  readonly code: number;
  readonly details: string;
  readonly metadata: GrpcMetadata;
}

/** Metadata of @grpc/grpc-js, the context of a gRPC call. */
interface GrpcMetadata {
  getMap(): Readonly<Record<string, unknown>>;
  set(key: string, value: string): void;
}

/** Status codes of gRPC by HTTP status (google.rpc.Code). */
const STATUS_CODES: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 6,
  429: 8,
  500: 13,
  503: 14,
  504: 4,
};
const UNKNOWN = 2;

/** Whether the context of a message is that of a gRPC call. */
export function isGrpcMetadata(context: unknown): context is GrpcMetadata {
  return isObject(context) && typeof context['getMap'] === 'function' && typeof context['set'] === 'function';
}

/** Converts an error for a gRPC client. The trailing metadata `code` is that of the other transports. */
export function grpcError({ statusCode, code, message }: ErrorPayload, request: GrpcMetadata): GrpcError {
  // This package does not depend on gRPC, whose server passes the metadata of the request.
  const metadata = new (request.constructor as new () => GrpcMetadata)();
  if (code !== undefined) {
    metadata.set('code', code);
  }
  return { code: STATUS_CODES[statusCode] ?? UNKNOWN, details: message, metadata };
}
