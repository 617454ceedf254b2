import { readMany } from '../../lib/memory/read-many.js';

describe('readMany', () => {
  const get = (key: string): string => `value of ${key}`;

  it('reads in one round trip where the store can', async () => {
    const getMany = jest.fn((keys: string[]) => keys.map(get));
    await expect(readMany({ get, getMany }, ['a', 'b'], 'store')).resolves.toEqual(['value of a', 'value of b']);
    expect(getMany).toHaveBeenCalledTimes(1);
  });

  it('reads one after the other where it cannot', async () => {
    await expect(readMany({ get }, ['a', 'b'], 'store')).resolves.toEqual(['value of a', 'value of b']);
  });

  it.each([undefined, 'ab', [], ['one']])('accepts no answer of another form: %j', async (answer) => {
    const store = { get, getMany: () => answer };
    await expect(readMany(store, ['a', 'b'], 'session store')).rejects.toThrow(
      'The session store did not return one value per key.',
    );
  });
});
