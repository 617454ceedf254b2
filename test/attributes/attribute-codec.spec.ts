import { AttributeCodec } from '../../lib/attributes/attribute-codec.js';
import { type AttributesOf, defineAttributes } from '../../lib/attributes/attribute-definitions.js';

const definitions = defineAttributes({
  firstName: 'given_name',
  home: 'address',
  tenant: 'custom:tenant',
  level: { name: 'custom:level', type: 'number' },
  admin: { name: 'custom:admin', type: 'boolean' },
});

describe('AttributeCodec', () => {
  describe('under the names of Cognito', () => {
    const codec = new AttributeCodec();

    it.each([
      ['strings', { email: 'ann@example.com' }, [{ Name: 'email', Value: 'ann@example.com' }]],
      ['booleans', { email_verified: true }, [{ Name: 'email_verified', Value: 'true' }]],
      ['false too', { phone_number_verified: false }, [{ Name: 'phone_number_verified', Value: 'false' }]],
      ['numbers', { updated_at: 1_700_000_000 }, [{ Name: 'updated_at', Value: '1700000000' }]],
      ['addresses', { address: { formatted: 'Here' } }, [{ Name: 'address', Value: '{"formatted":"Here"}' }]],
      ['custom attributes', { 'custom:tenant': 'acme' }, [{ Name: 'custom:tenant', Value: 'acme' }]],
    ])('writes %s and reads them back', (_, attributes, list) => {
      expect(codec.encode(attributes)).toEqual(list);
      expect(codec.decode(list)).toEqual(attributes);
    });

    it('leaves out what is undefined and empties what is null', () => {
      expect(codec.encode({ name: undefined, nickname: null })).toEqual([{ Name: 'nickname', Value: '' }]);
    });

    it('reads an address that somebody stored as plain text', () => {
      expect(codec.decode([{ Name: 'address', Value: '1 Main St' }])).toEqual({ address: { formatted: '1 Main St' } });
    });

    it('reads a number that is none as the text that it is', () => {
      expect(codec.decode([{ Name: 'updated_at', Value: 'yesterday' }])).toEqual({ updated_at: 'yesterday' });
    });

    it('keeps a custom text that looks like something else', () => {
      expect(codec.decode([{ Name: 'custom:flag', Value: 'true' }])).toEqual({ 'custom:flag': 'true' });
    });

    it('reads nothing from nothing', () => {
      expect(codec.decode(undefined)).toEqual({});
    });

    it.each([
      ['an object for a string', { email: {} }, 'attributes.email', 'must be a string'],
      ['a number for a boolean', { email_verified: 1 }, 'attributes.email_verified', 'must be true or false'],
      ['infinity', { updated_at: Infinity }, 'attributes.updated_at', 'must be a finite number'],
      ['a number for an address', { address: 7 }, 'attributes.address', 'must be an object'],
      ['no name', { '': 'x' }, 'attributes', 'an empty name'],
    ])('refuses %s', (_, attributes, argument, requirement) => {
      const encode = (): unknown => codec.encode(attributes);

      expect(encode).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID', argument }));
      expect(encode).toThrow(requirement);
    });

    it('is not misled by names of Object', () => {
      const read = codec.decode([
        { Name: '__proto__', Value: 'x' },
        { Name: 'constructor', Value: 'y' },
      ]);

      expect(Object.entries(read)).toEqual([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]);
      expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    });
  });

  describe("under the application's names", () => {
    const codec = new AttributeCodec<AttributesOf<typeof definitions>>(definitions);
    const attributes: AttributesOf<typeof definitions> = {
      firstName: 'Ann',
      home: { formatted: 'Here' },
      tenant: 'acme',
      level: 7,
      admin: false,
      email: 'ann@example.com',
    };
    const list = [
      { Name: 'given_name', Value: 'Ann' },
      { Name: 'address', Value: '{"formatted":"Here"}' },
      { Name: 'custom:tenant', Value: 'acme' },
      { Name: 'custom:level', Value: '7' },
      { Name: 'custom:admin', Value: 'false' },
      { Name: 'email', Value: 'ann@example.com' },
    ];

    it('writes and reads by the definitions', () => {
      expect(codec.encode(attributes)).toEqual(list);
      expect(codec.decode(list)).toEqual(attributes);
    });

    it('translates single names both ways', () => {
      expect(codec.nameOf('firstName')).toBe('given_name');
      expect(codec.keyOf('given_name')).toBe('firstName');
      expect(codec.nameOf('email')).toBe('email');
    });

    it('refuses two names for one attribute', () => {
      expect(() => new AttributeCodec({ first: 'given_name', given: 'given_name' })).toThrow(
        expect.objectContaining({ code: 'CONFIGURATION_INVALID', option: 'attributes' }),
      );
    });
  });
});
