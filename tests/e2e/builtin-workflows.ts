/** The built-in workflows as the product promises them, written out a second time so that the files can't drift. */

type WorkflowName = 'feature' | 'bug' | 'launch' | 'trading_strategy';

/** Step, title and role, in the order of the workflow. */
export const builtinSteps: Readonly<Record<WorkflowName, readonly [string, string, string][]>> = {
  feature: [
    ['1', 'Write PRD', 'pm'],
    ['2', 'Create design mocks', 'designer'],
    ['3', 'Implement feature', 'engineer'],
    ['4', 'QA testing', 'qa_eng'],
    ['5', 'Approve release', 'pm'],
    ['6', 'Launch feature', 'growth'],
  ],
  bug: [
    ['1', 'Reproduce bug', 'qa_eng'],
    ['2', 'Fix bug', 'engineer'],
    ['3', 'Verify fix', 'qa_eng'],
  ],
  launch: [
    ['1', 'Create launch plan', 'pm'],
    ['2', 'Create marketing content', 'growth'],
    ['3', 'Implement feature flags', 'engineer'],
    ['5', 'Prepare support documentation', 'support_lead'],
    ['4', 'Regression testing', 'qa_eng'],
    ['6', 'Execute launch', 'growth'],
  ],
  trading_strategy: [
    ['1', 'Define goals and acceptance criteria', 'pm'],
    ['2', 'Design config schema', 'designer'],
    ['3', 'Implement filter logic', 'engineer'],
    ['4', 'Write unit and integration tests', 'engineer'],
    ['5', 'Run backtest', 'qa_eng'],
    ['6', 'Validate backtest metrics', 'qa_lead'],
    ['7', 'Review and approve for production', 'pm'],
    ['8', 'Deploy to Telegram bot', 'sre'],
  ],
};

export interface BuiltinGate {
  readonly name: string;
  readonly position: 'before' | 'after';
  readonly step: string;
  /** The step whose result is signed. */
  readonly signs: string;
  readonly requires: readonly string[];
  readonly humanRequired: boolean;
  readonly selfApproval: 'allowed' | 'forbidden';
}

function gate(
  [name, position, step, signs]: [string, 'before' | 'after', string, string],
  requires: readonly string[],
  { human = false, self = false } = {},
): BuiltinGate {
  const selfApproval = self ? 'allowed' : 'forbidden';
  return { name, position, step, signs, requires, humanRequired: human, selfApproval };
}

/** In the order in which the work meets them. */
export const builtinGates: Readonly<Record<WorkflowName, readonly BuiltinGate[]>> = {
  feature: [
    gate(['design_kickoff', 'after', '1', '1'], ['em']),
    gate(['design_review', 'after', '2', '2'], ['pm']),
    gate(['code_review', 'after', '3', '3'], ['em']),
    gate(['qa_signoff', 'after', '4', '4'], ['qa_lead']),
    gate(['production_release', 'after', '5', '5'], ['em', 'qa_lead', 'pm'], { human: true, self: true }),
  ],
  bug: [
    gate(['triage', 'after', '1', '1'], ['em']),
    gate(['code_review', 'after', '2', '2'], ['em']),
    gate(['qa_verification', 'after', '3', '3'], ['qa_lead']),
  ],
  launch: [
    gate(['launch_plan_review', 'after', '1', '1'], ['vp_marketing', 'em']),
    gate(['readiness_check', 'before', '6', '4'], ['pm', 'qa_lead', 'support_lead'], { human: true }),
  ],
  trading_strategy: [
    gate(['strategy_config_schema', 'after', '2', '2'], ['designer', 'em'], { self: true }),
    gate(['backtest_validation', 'after', '6', '6'], ['qa_lead'], { self: true }),
    gate(['production_trading_deploy', 'after', '7', '7'], ['pm', 'qa_lead', 'em'], {
      human: true,
      self: true,
    }),
  ],
};

/** Roles that may fill a slot: the role itself, one above it in its department, or the owner's. */
export const signersOf: Readonly<Record<string, readonly string[]>> = {
  em: ['em', 'vp_eng', 'ceo'],
  pm: ['pm', 'vp_product', 'ceo'],
  designer: ['designer', 'vp_product', 'ceo'],
  qa_lead: ['qa_lead', 'ceo'],
  vp_marketing: ['vp_marketing', 'ceo'],
  support_lead: ['support_lead', 'ceo'],
};
