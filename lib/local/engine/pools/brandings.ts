import type { AssetType, ManagedLoginBrandingType } from '@aws-sdk/client-cognito-identity-provider';

import { isObject } from '../../../types/is-object.js';
import type { BrandingAsset, ManagedLoginBranding } from '../../model/managed-login-branding.js';
import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

/** The longest base64 text of an asset: 1,000,000 bytes. */
const MAX_ASSET_CHARACTERS = Math.ceil(1_000_000 / 3) * 4;

/** Hexadecimal with transparency, as in `1450a3ff`. */
const COLOR = /^([\da-f]{6})(?:[\da-f]{2})?$/i;

/** The values of a branding style on the wire. */
export interface BrandingValues {
  readonly UseCognitoProvidedValues?: boolean | undefined;
  readonly Settings?: ManagedLoginBrandingType['Settings'] | undefined;
  readonly Assets?: readonly (AssetType | BrandingAsset)[] | undefined;
}

/**
 * Adds the style of an app client.
 *
 * @throws CognitoFault ManagedLoginBrandingExistsException, InvalidParameterException
 */
export function createBranding(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  clientId: string,
  values: BrandingValues,
): ManagedLoginBranding {
  if (pool.brandings.has(clientId)) {
    throw new CognitoFault('ManagedLoginBrandingExistsException', 'A branding already exists for this client.');
  }
  const now = clock();
  const branding: ManagedLoginBranding = {
    id: random.uuid(),
    clientId,
    useCognitoProvidedValues: false,
    assets: [],
    createdAt: now,
    modifiedAt: now,
  };
  applyValues(branding, values);
  pool.brandings.set(clientId, branding);
  showOnPages(pool, branding);
  return branding;
}

/** Replaces the values of a style. @throws CognitoFault InvalidParameterException */
export function updateBranding(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  branding: ManagedLoginBranding,
  values: BrandingValues,
): void {
  applyValues(branding, values);
  branding.modifiedAt = clock();
  showOnPages(pool, branding);
}

/** Removes a style. */
export function deleteBranding(pool: Pool, { clientId }: ManagedLoginBranding): void {
  pool.brandings.delete(clientId);
  delete pool.clients.get(clientId)?.branding;
}

/** @throws CognitoFault ResourceNotFoundException */
export function brandingById(pool: Pool, id: string | undefined): ManagedLoginBranding {
  return existing([...pool.brandings.values()].find((branding) => branding.id === id));
}

/** @throws CognitoFault ResourceNotFoundException */
export function brandingOfClient(pool: Pool, clientId: string): ManagedLoginBranding {
  return existing(pool.brandings.get(clientId));
}

/** The `ManagedLoginBranding` member of the branding operations. */
export function describeBranding(pool: Pool, branding: ManagedLoginBranding): ManagedLoginBrandingType {
  return {
    ManagedLoginBrandingId: branding.id,
    UserPoolId: pool.id,
    UseCognitoProvidedValues: branding.useCognitoProvidedValues,
    ...(branding.settings !== undefined && { Settings: branding.settings }),
    // The SDK has bytes where the wire has base64.
    ...(branding.assets.length > 0 && { Assets: branding.assets as unknown as AssetType[] }),
    CreationDate: new Date(branding.createdAt),
    LastModifiedDate: new Date(branding.modifiedAt),
  };
}

/** Not verified against AWS: the texts. */
function applyValues(branding: ManagedLoginBranding, values: BrandingValues): void {
  const { UseCognitoProvidedValues: provided = false, Settings } = values;
  const assets = (values.Assets ?? []) as readonly BrandingAsset[];
  if (provided && (Settings !== undefined || assets.length > 0)) {
    throw invalidParameter('Settings and Assets cannot be set together with UseCognitoProvidedValues.');
  }
  if (assets.some(({ Bytes = '' }) => Bytes.length > MAX_ASSET_CHARACTERS)) {
    throw invalidParameter('An asset cannot be larger than 1000000 bytes.');
  }
  branding.useCognitoProvidedValues = provided;
  branding.assets = assets;
  if (Settings === undefined) {
    delete branding.settings;
  } else {
    branding.settings = Settings;
  }
}

/** The pages show the colour of the primary button, in the light mode. */
function showOnPages(pool: Pool, { clientId, settings }: ManagedLoginBranding): void {
  const client = pool.clients.get(clientId);
  const path = ['components', 'primaryButton', 'lightMode', 'defaults', 'backgroundColor'];
  const value = path.reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), settings);
  const [, digits] = COLOR.exec(typeof value === 'string' ? value : '') ?? [];
  if (client !== undefined && digits !== undefined) {
    client.branding = { color: `#${digits}` };
  } else {
    delete client?.branding;
  }
}

function existing(branding: ManagedLoginBranding | undefined): ManagedLoginBranding {
  if (branding === undefined) {
    throw new CognitoFault('ResourceNotFoundException', 'Managed login branding does not exist.');
  }
  return branding;
}
