import { frontMatterOf } from '../../.ci/docs/front-matter.mjs';

const page = (...lines: string[]) => ['---', ...lines, '---', '', '# How do I?', ''].join('\n');
const FULL = ['title: Roles', 'description: How a route requires a role.', 'order: 10'];

describe('the frontmatter of a page', () => {
  it('is its title, description and place', () => {
    expect(frontMatterOf('docs/concepts/roles.md', page(...FULL))).toEqual({
      title: 'Roles',
      description: 'How a route requires a role.',
      order: 10,
    });
  });

  it.each([
    ['nothing', '# How do I?\n', 'a title; a description, which is a sentence with a full stop; an order'],
    ['a list', page('title: [1]', ...FULL.slice(1)), 'a title.'],
    ['no sentence', page('title: Roles', 'description: roles', 'order: 1'), 'a description, which is a sentence'],
    ['no place', page(...FULL.slice(0, 2), 'order: first'), 'an order, which is a number.'],
  ])('may not be %s', (_what, text, fault) => {
    expect(() => frontMatterOf('docs/concepts/roles.md', text)).toThrow(
      `The frontmatter of docs/concepts/roles.md needs ${fault}`,
    );
  });

  it('has a known group on a how-to page', () => {
    expect(frontMatterOf('docs/how-to/roles.md', page(...FULL, 'group: Sign-in'))).toMatchObject({ group: 'Sign-in' });
    expect(() => frontMatterOf('docs/how-to/roles.md', page(...FULL, 'group: Other'))).toThrow('needs a group of Auth');
  });

  it('stands in a folder that the sidebar knows', () => {
    expect(() => frontMatterOf('docs/roles.md', page(...FULL))).not.toThrow();
    expect(() => frontMatterOf('docs/other/roles.md', page(...FULL))).toThrow(
      'needs a folder of getting-started, how-to',
    );
  });
});
