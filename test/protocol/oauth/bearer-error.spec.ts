import { readBearerError } from '../../../lib/protocol/oauth/bearer-error.js';

describe('readBearerError', () => {
  it.each<[string, unknown]>([
    ['error="invalid_token", error_description="Expired."', { error: 'invalid_token', description: 'Expired.' }],
    ['Bearer realm="a", error="invalid_token"', { error: 'invalid_token', description: undefined }],
    ['Bearer ERROR = "invalid_token"', { error: 'invalid_token', description: undefined }],
    [String.raw`error="a", error_description="a \"quoted\", b"`, { error: 'a', description: 'a "quoted", b' }],
    [String.raw`error_description="error=\"x\"", error="real"`, { error: 'real', description: 'error="x"' }],
    ['Bearer realm="a"', undefined],
    ['Basic', undefined],
    ['error=""', undefined],
    ['error="unterminated', undefined],
    ['', undefined],
  ])('reads %s', (header, expected) => {
    expect(readBearerError(header)).toEqual(expected);
  });
});
