/** A response without the lists that are empty: Cognito leaves them out. */
export function withoutEmptyLists<Response extends object>(response: Response): Partial<Response> {
  const members = Object.entries(response).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return Object.fromEntries(members) as Partial<Response>;
}
