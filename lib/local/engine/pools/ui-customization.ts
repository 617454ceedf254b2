import type { UICustomizationType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import { ALL_CLIENTS, type UiCustomization } from '../../model/pool-configuration.js';
import { invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

const MAX_IMAGE_BYTES = 102_400;
const SIGNATURES = { png: '89504e47', jpg: 'ffd8ff' };

/** The classes of the classic pages, each with `-customizable`. */
const CLASSES: readonly string[] = [
  'background',
  'banner',
  'errorMessage',
  'idpButton',
  'idpDescription',
  'inputField',
  'label',
  'legalText',
  'logo',
  'passwordCheck-notValid',
  'passwordCheck-valid',
  'redirect',
  'socialButton',
  'submitButton',
  'textDescription',
].map((name) => `${name}-customizable`);
const PSEUDO_CLASSES = /:(?:hover|focus|active)\b/g;
/** What the pages show: the colour of the button to submit. */
const BUTTON_COLOR = /\.submitButton-customizable\s*\{[^}]*background-color\s*:\s*(#[\da-f]{6})\b/i;

/** The values of SetUICustomization. The image is base64. */
export interface UiValues {
  readonly css?: string | undefined;
  readonly image?: string | undefined;
}

/**
 * Replaces the look of the classic pages, for all app clients or one. Without any value it is removed. Members that are
 * left out lose their value. Not verified against AWS: the texts about styles and images.
 *
 * @throws CognitoFault InvalidParameterException, also for a pool without a domain.
 */
export function setUiCustomization(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  clientId: string,
  { css, image }: UiValues,
): void {
  if (pool.domain === undefined && pool.customDomain === undefined) {
    throw invalidParameter('There has to be an existing domain associated with this user pool');
  }
  assertStyle(css ?? '');
  assertImage(image);
  const now = clock();
  if (css === undefined && image === undefined) {
    pool.uiCustomizations.delete(clientId);
  } else {
    pool.uiCustomizations.set(clientId, {
      clientId,
      ...(css !== undefined && { CSS: css }),
      CSSVersion: new Date(now).toISOString().replaceAll(/\D/g, '').slice(0, 14),
      ...(image !== undefined && { image }),
      createdAt: pool.uiCustomizations.get(clientId)?.createdAt ?? now,
      modifiedAt: now,
    });
  }
  showOnPages(pool);
}

/** The look that applies to an app client: its own, or that of all clients. */
export function uiCustomizationFor(pool: Pool, clientId: string): UiCustomization | undefined {
  return pool.uiCustomizations.get(clientId) ?? pool.uiCustomizations.get(ALL_CLIENTS);
}

/** The `UICustomization` member of the operations: empty if there is none. */
export function describeUiCustomization(
  { origin }: Pick<Environment, 'origin'>,
  pool: Pool,
  customization: UiCustomization | undefined,
): UICustomizationType {
  if (customization === undefined) {
    return {};
  }
  const { clientId, image, createdAt, modifiedAt, ...style } = customization;
  return {
    UserPoolId: pool.id,
    ClientId: clientId,
    ...style,
    ...(image !== undefined && { ImageUrl: `${origin}/${pool.id}/${clientId}/assets/images/image.${formatOf(image)}` }),
    LastModifiedDate: new Date(modifiedAt),
    CreationDate: new Date(createdAt),
  };
}

/** `png` or `jpg`. Undefined for anything else. */
export function formatOf(image: string): keyof typeof SIGNATURES | undefined {
  const start = Buffer.from(image, 'base64').subarray(0, 4).toString('hex');
  return (['png', 'jpg'] as const).find((format) => start.startsWith(SIGNATURES[format]));
}

function assertStyle(css: string): void {
  const unknown = withoutComments(css)
    .replaceAll(/\{[^{}]*\}/g, ',')
    .replaceAll(PSEUDO_CLASSES, '')
    .split(/[\s,]+/)
    .find((selector) => selector !== '' && !CLASSES.includes(selector.slice(1)));
  if (unknown !== undefined) {
    throw invalidParameter(`Invalid CSS: the selector ${unknown} cannot be customized.`);
  }
  if (/[<>@]|url\s*\(|expression\s*\(|javascript:/i.test(css)) {
    throw invalidParameter('Invalid CSS: it may contain styles of the customizable classes only.');
  }
}

function withoutComments(css: string): string {
  const [first = '', ...others] = css.split('/*');
  return first + others.map((part) => part.slice(part.indexOf('*/') + 2)).join('');
}

function assertImage(image: string | undefined): void {
  if (image === undefined) {
    return;
  }
  if (formatOf(image) === undefined) {
    throw invalidParameter('The image must be a PNG or a JPEG.');
  }
  if (Buffer.from(image, 'base64').length > MAX_IMAGE_BYTES) {
    throw invalidParameter(`The image cannot be larger than ${MAX_IMAGE_BYTES} bytes.`);
  }
}

/** The pages show the colour of the button. A style of managed login goes before it. */
function showOnPages(pool: Pool): void {
  for (const client of pool.clients.values()) {
    const [, color] = BUTTON_COLOR.exec(uiCustomizationFor(pool, client.id)?.CSS ?? '') ?? [];
    if (pool.brandings.has(client.id)) {
      continue;
    }
    if (color === undefined) {
      delete client.branding;
    } else {
      client.branding = { color };
    }
  }
}
