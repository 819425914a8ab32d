/** The roles that every company has: 17 in 5 departments. */
import type { Capability, RoleId } from '../ids.ts';
import type { Role } from './org.ts';

/** `ceo` stands above the departments and counts with product for display. */
export const builtinRoles: readonly Role[] = [
  role('product', 'ceo', 'Chief Executive Officer', 'vp_product vp_eng qa_lead vp_marketing support_lead', [
    'arbitrate_conflicts approve_budget stop_company',
  ]),
  role('product', 'vp_product', 'VP Product', 'pm designer ux_researcher', [
    'approve_roadmap prioritize_epics override_pm_decisions allocate_product_resources',
    'approve_public_announcement',
  ]),
  role('product', 'pm', 'Product Manager', '', [
    'create_prd approve_release prioritize_roadmap approve_design_mocks approve_feature_spec',
    'define_acceptance_criteria request_design request_engineering approve_trading_strategy_for_production',
  ]),
  role('product', 'designer', 'Product Designer', '', [
    'create_design_mocks create_prototypes create_design_system review_ux design_config_schema',
  ]),
  role('product', 'ux_researcher', 'UX Researcher', '', [
    'conduct_user_research analyze_user_feedback create_personas run_usability_tests',
  ]),
  role('engineering', 'vp_eng', 'VP Engineering', 'em sre', [
    'allocate_eng_resources override_em_decisions set_technical_standards',
  ]),
  role('engineering', 'em', 'Engineering Manager', 'senior_eng', [
    'assign_tasks approve_architecture approve_production_deploy approve_feature_spec',
  ]),
  role('engineering', 'senior_eng', 'Senior Engineer', 'engineer', [
    'approve_merge design_architecture mentor_engineers deploy_staging',
  ]),
  role('engineering', 'engineer', 'Engineer', '', [
    'implement_features write_tests review_code fix_bugs write_documentation implement_filters',
    'implement_pricing_logic',
  ]),
  role('engineering', 'sre', 'Site Reliability Engineer', '', [
    'deploy_staging deploy_production monitor_systems create_alerts manage_infrastructure rollback_deploy',
    'deploy_to_telegram_bot',
  ]),
  role('qa', 'qa_lead', 'QA Lead', 'qa_eng', [
    'approve_release create_test_plans approve_production_deploy design_test_strategy',
    'approve_backtest_results validate_trading_metrics',
  ]),
  role('qa', 'qa_eng', 'QA Engineer', '', [
    'file_bugs write_test_cases execute_tests verify_fixes run_regression_tests reproduce_bugs run_backtest',
    'validate_metrics',
  ]),
  role('marketing', 'vp_marketing', 'VP Marketing', 'growth content', [
    'approve_public_announcement allocate_marketing_budget approve_campaigns set_marketing_strategy',
  ]),
  role('marketing', 'growth', 'Growth Manager', '', [
    'create_launch_plan run_growth_experiments analyze_metrics manage_campaigns create_content',
    'launch_features',
  ]),
  role('marketing', 'content', 'Content Writer', '', [
    'create_content write_documentation manage_blog create_marketing_materials write_release_notes',
  ]),
  role('support', 'support_lead', 'Support Lead', 'support_eng', [
    'prepare_docs create_runbooks file_bugs approve_support_procedures',
  ]),
  role('support', 'support_eng', 'Support Engineer', '', [
    'answer_tickets create_faqs reproduce_bugs write_documentation escalate_issues',
  ]),
];

/** Lists are written as words, so that a role reads like its row in the documentation. */
function role(department: string, id: string, title: string, inherits: string, capabilities: string[]): Role {
  return {
    id: id as RoleId,
    title,
    department,
    inherits: words(inherits) as RoleId[],
    capabilities: words(capabilities.join(' ')) as Capability[],
    custom: false,
  };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
