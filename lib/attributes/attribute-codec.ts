import { MandateArgumentError } from '../errors/argument-error.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { requireObject } from '../errors/require-argument.js';

import type { AttributeDefinition, AttributeDefinitions } from './attribute-definitions.js';
import { decodeValue, encodeValue } from './attribute-value.js';
import { STANDARD_TYPES, type AttributeType, type UserAttributes } from './user-attributes.js';

/** An attribute in the SDK's shape, which the API calls AttributeType. */
export interface NamedValue {
  Name: string | undefined;
  Value?: string | undefined;
}

interface Mapping {
  readonly name: string;
  readonly type: AttributeType;
}

/** Translates the application's attribute objects into Cognito's lists of names and strings, and back. */
export class AttributeCodec<Attributes extends object = UserAttributes> {
  private readonly byKey = new Map<string, Mapping>();
  private readonly keyByName = new Map<string, string>();

  /** @throws MandateConfigurationError when two definitions have the same name at Cognito. */
  constructor(definitions: AttributeDefinitions = {}) {
    for (const [key, definition] of Object.entries(definitions)) {
      const mapping = mappingOf(definition);
      if (this.keyByName.has(mapping.name)) {
        throw new MandateConfigurationError('attributes', `must not define "${mapping.name}" more than once`);
      }
      this.byKey.set(key, mapping);
      this.keyByName.set(mapping.name, key);
    }
  }

  /** Cognito's name of an attribute. */
  nameOf(key: string): string {
    return this.byKey.get(key)?.name ?? key;
  }

  /** The application's name of an attribute. */
  keyOf(name: string): string {
    return this.keyByName.get(name) ?? name;
  }

  /**
   * Translates an object of attributes. Undefined values are omitted. Null becomes the empty string, which removes the
   * attribute.
   *
   * @throws MandateArgumentError naming the attribute whose value is invalid.
   */
  encode(attributes: object, argument = 'attributes'): { Name: string; Value: string }[] {
    requireObject(argument, attributes);
    return Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => {
        if (key === '') {
          throw new MandateArgumentError(argument, 'must not contain an attribute with an empty name');
        }
        const { name, type } = this.byKey.get(key) ?? { name: key, type: typeOfName(key) };
        return { Name: name, Value: value === null ? '' : encodeValue(`${argument}.${key}`, type, value) };
      });
  }

  /** Translates a list of attributes. */
  decode(list: readonly NamedValue[] | undefined): Attributes {
    const entries = (list ?? []).map(({ Name: name = '', Value: text = '' }) => {
      const key = this.keyOf(name);
      return [key, decodeValue(this.byKey.get(key)?.type ?? typeOfName(name), text)] as const;
    });
    return Object.fromEntries(entries) as Attributes;
  }
}

function mappingOf(definition: AttributeDefinition): Mapping {
  return typeof definition === 'string' ? { name: definition, type: typeOfName(definition) } : definition;
}

function typeOfName(name: string): AttributeType {
  return Object.hasOwn(STANDARD_TYPES, name) ? STANDARD_TYPES[name as keyof typeof STANDARD_TYPES] : 'string';
}
