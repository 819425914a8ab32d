import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capability, RoleId } from '../../../src/core/ids.ts';
import { builtinRoles } from '../../../src/core/org/builtin-roles.ts';
import type { Role } from '../../../src/core/org/org.ts';
import { RoleGraph } from '../../../src/core/org/role-graph.ts';

const id = (text: string) => text as RoleId;

function role(name: string, inherits: string[], capabilities: string[] = []): Role {
  return {
    id: id(name),
    title: name,
    department: 'd',
    inherits: inherits.map(id),
    capabilities: capabilities as Capability[],
    custom: true,
  };
}

function graphOf(roles: Iterable<Role>): RoleGraph {
  const graph = new RoleGraph();
  for (const each of roles) graph.add(each);
  return graph;
}

describe('built-in roles', () => {
  it('are 17 in 5 departments with 79 capabilities', () => {
    expect(new Set(builtinRoles.map((each) => each.id)).size).toBe(17);
    expect(new Set(builtinRoles.map((each) => each.department)).size).toBe(5);
    expect(new Set(builtinRoles.flatMap((each) => each.capabilities)).size).toBe(79);
    expect(builtinRoles.flatMap((each) => each.capabilities)).toHaveLength(89);
  });

  it('inherit only built-in roles', () => {
    const ids = builtinRoles.map((each) => each.id);
    expect(builtinRoles.flatMap((each) => each.inherits).filter((each) => !ids.includes(each))).toEqual([]);
  });

  it('let the ceo hold every capability', () => {
    const all = new Set(builtinRoles.flatMap((each) => each.capabilities));
    expect(graphOf(builtinRoles).capabilities(id('ceo'))).toEqual(all);
  });
});

describe('RoleGraph', () => {
  const graph = graphOf(builtinRoles);

  it.each([
    ['ceo', 'engineer', ['ceo', 'vp_eng', 'em', 'senior_eng', 'engineer']],
    ['vp_eng', 'sre', ['vp_eng', 'sre']],
    ['em', 'em', ['em']],
    ['em', 'sre', null],
    ['engineer', 'em', null],
  ])('finds the path from %s to %s', (from, to, path) => {
    expect(graph.path(id(from), id(to))).toEqual(path);
    expect(graph.distance(id(from), id(to))).toBe(path === null ? null : path.length - 1);
  });

  it('takes the shortest of several paths', () => {
    const diamond = graphOf([role('top', ['long', 'base']), role('long', ['base']), role('base', [])]);
    expect(diamond.path(id('top'), id('base'))).toEqual(['top', 'base']);
  });

  it('lists inheritors nearest first', () => {
    expect(graph.inheritors(id('engineer'))).toEqual(['engineer', 'senior_eng', 'em', 'vp_eng', 'ceo']);
  });

  it('forgets what it knew when a role changes', () => {
    const changing = graphOf([role('a', ['b']), role('b', [], ['one'])]);
    expect([...changing.capabilities(id('a'))]).toEqual(['one']);
    changing.remove(role('b', [], ['one']));
    changing.add(role('b', ['c'], ['two']));
    changing.add(role('c', [], ['three']));
    expect([...changing.capabilities(id('a'))]).toEqual(['two', 'three']);
    expect([...changing.inherited(id('a'))]).toEqual(['a', 'b', 'c']);
  });

  it('ends in a cycle instead of going round', () => {
    const cycle = graphOf([role('a', ['b']), role('b', ['a'])]);
    expect([...cycle.inherited(id('a'))]).toEqual(['a', 'b']);
  });

  it('is transitive, and its distances obey the triangle', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const roles = fc.tuple(...names.map((name) => fc.subarray(names).map((to) => role(name, to, [name]))));
    fc.assert(
      fc.property(roles, (rows) => {
        const any = graphOf(rows);
        for (const a of names.map(id)) {
          for (const b of any.inherited(a)) {
            for (const c of any.inherited(b)) {
              expect(any.inherited(a).has(c)).toBe(true);
              const [ab, bc, ac] = [any.distance(a, b), any.distance(b, c), any.distance(a, c)];
              expect(ac).toBeLessThanOrEqual(Number(ab) + Number(bc));
            }
            expect(any.capabilities(a).has(b as string as Capability)).toBe(true);
            expect(any.path(a, b)).toHaveLength(Number(any.distance(a, b)) + 1);
          }
        }
      }),
    );
  });
});
