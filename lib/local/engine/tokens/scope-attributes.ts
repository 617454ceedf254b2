/** The attributes that a scope reveals (OpenID Connect Core section 5.4). */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
};
const ALWAYS_REVEALED: readonly string[] = ['sub', 'identities'];
const CUSTOM = /^(?:custom|dev):/;

/**
 * Whether scopes reveal an attribute to the ID token and to `/oauth2/userInfo`. `openid` alone reveals all attributes;
 * `email`, `phone` and `profile` narrow it. `profile` includes the custom attributes.
 */
export function scopesReveal(scopes: readonly string[], attribute: string): boolean {
  const narrowing = scopes.filter((scope) => Object.hasOwn(ATTRIBUTES, scope));
  const isCustom = CUSTOM.test(attribute);
  return (
    ALWAYS_REVEALED.includes(attribute) ||
    narrowing.length === 0 ||
    narrowing.some((scope) => ATTRIBUTES[scope]?.includes(attribute)) ||
    (isCustom && scopes.includes('profile'))
  );
}
