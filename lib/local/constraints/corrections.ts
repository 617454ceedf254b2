import { MODEL_SHAPES } from './model-shapes.js';
import type { Shape, StringShape } from './shape.js';

/** Shapes in which the service differs from its model. */
export const CORRECTED_SHAPES: Readonly<Record<string, Shape>> = {
  // What the service answers to short passwords and to spaces at the ends. The model has no minimum and `[\S]+`.
  PasswordType: { type: 'string', sensitive: true, min: 6, max: 256, pattern: String.raw`^[\S]+.*[\S]+$` },
  // The model's pattern has no dots, so no custom domain would match. The service has other messages for bad names.
  DomainType: { type: 'string', min: 1, max: 63 },
  // The documentation of GetClientToken, an operation that the model does not have yet.
  ExplicitAuthFlowsType: {
    ...(MODEL_SHAPES['ExplicitAuthFlowsType'] as StringShape),
    unlisted: ['ALLOW_CLIENT_TOKEN_AUTH'],
  },
};

/** Members that the service requires although the model does not. */
export const CORRECTED_REQUIRED: Readonly<Record<string, readonly string[]>> = {
  // The documentation of both: the token is the only thing that names the user.
  ForgetDeviceRequest: ['AccessToken'],
  GetDeviceRequest: ['AccessToken'],
};
