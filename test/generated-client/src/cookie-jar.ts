/** Node's `fetch` that keeps cookies, as a page of `https://app.example.com` does. */
export function browserFetch(): (request: Request) => Promise<Response> {
  const jar = new Map<string, string>();
  return async (request) => {
    request.headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    request.headers.set('origin', 'https://app.example.com');
    const response = await fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (attributes.includes('Max-Age=0')) {
        jar.delete(name);
      } else {
        jar.set(name, value);
      }
    }
    return response;
  };
}
