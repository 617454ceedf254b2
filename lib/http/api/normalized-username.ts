/** A name in one spelling: pools may ignore the case of usernames, and people that of their e-mail address. */
export function normalizedUsername(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase();
}
