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

/** The table of the product: department, role, title, what it inherits and what it may do of its own. */
const table = [
  [
    'product',
    'ceo',
    'Chief Executive Officer',
    'vp_product vp_eng qa_lead vp_marketing support_lead',
    'arbitrate_conflicts approve_budget stop_company',
  ],
  [
    'product',
    'vp_product',
    'VP Product',
    'pm designer ux_researcher',
    'approve_roadmap prioritize_epics override_pm_decisions allocate_product_resources approve_public_announcement',
  ],
  [
    'product',
    'pm',
    'Product Manager',
    '',
    'create_prd approve_release prioritize_roadmap approve_design_mocks approve_feature_spec define_acceptance_criteria request_design request_engineering approve_trading_strategy_for_production',
  ],
  [
    'product',
    'designer',
    'Product Designer',
    '',
    'create_design_mocks create_prototypes create_design_system review_ux design_config_schema',
  ],
  [
    'product',
    'ux_researcher',
    'UX Researcher',
    '',
    'conduct_user_research analyze_user_feedback create_personas run_usability_tests',
  ],
  [
    'engineering',
    'vp_eng',
    'VP Engineering',
    'em sre',
    'allocate_eng_resources override_em_decisions set_technical_standards',
  ],
  [
    'engineering',
    'em',
    'Engineering Manager',
    'senior_eng',
    'assign_tasks approve_architecture approve_production_deploy approve_feature_spec',
  ],
  [
    'engineering',
    'senior_eng',
    'Senior Engineer',
    'engineer',
    'approve_merge design_architecture mentor_engineers deploy_staging',
  ],
  [
    'engineering',
    'engineer',
    'Engineer',
    '',
    'implement_features write_tests review_code fix_bugs write_documentation implement_filters implement_pricing_logic',
  ],
  [
    'engineering',
    'sre',
    'Site Reliability Engineer',
    '',
    'deploy_staging deploy_production monitor_systems create_alerts manage_infrastructure rollback_deploy deploy_to_telegram_bot',
  ],
  [
    'qa',
    'qa_lead',
    'QA Lead',
    'qa_eng',
    'approve_release create_test_plans approve_production_deploy design_test_strategy approve_backtest_results validate_trading_metrics',
  ],
  [
    'qa',
    'qa_eng',
    'QA Engineer',
    '',
    'file_bugs write_test_cases execute_tests verify_fixes run_regression_tests reproduce_bugs run_backtest validate_metrics',
  ],
  [
    'marketing',
    'vp_marketing',
    'VP Marketing',
    'growth content',
    'approve_public_announcement allocate_marketing_budget approve_campaigns set_marketing_strategy',
  ],
  [
    'marketing',
    'growth',
    'Growth Manager',
    '',
    'create_launch_plan run_growth_experiments analyze_metrics manage_campaigns create_content launch_features',
  ],
  [
    'marketing',
    'content',
    'Content Writer',
    '',
    'create_content write_documentation manage_blog create_marketing_materials write_release_notes',
  ],
  [
    'support',
    'support_lead',
    'Support Lead',
    'support_eng',
    'prepare_docs create_runbooks file_bugs approve_support_procedures',
  ],
  [
    'support',
    'support_eng',
    'Support Engineer',
    '',
    'answer_tickets create_faqs reproduce_bugs write_documentation escalate_issues',
  ],
] as const;

describe('built-in roles', () => {
  it('are those of the table, capability by capability', () => {
    const words = (text: string) => text.split(' ').filter((word) => word !== '');
    expect(builtinRoles).toEqual(
      table.map(([department, roleId, title, inherits, capabilities]) => ({
        id: roleId,
        title,
        department,
        inherits: words(inherits),
        capabilities: words(capabilities),
        custom: false,
      })),
    );
  });

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
