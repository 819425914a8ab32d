/** What can be asked about a company's structure. */
import { z } from 'zod';
import { departmentIdSchema, memberIdSchema, roleIdSchema, teamIdSchema } from '../ids.ts';
import { epochMsSchema } from '../units.ts';
import { defineWorkflowSchema, removeWorkflowSchema } from '../workflow/workflow-commands.ts';
import { workflowFileSchema } from '../workflow/workflow-file.ts';
import {
  companyFileSchema,
  memberChangeSchema,
  memberFileSchema,
  policyFileSchema,
  roleFileSchema,
} from './company-file.ts';

const nameSchema = z.string().trim().min(1).max(80);

/**
 * Creates the company from a checked file. The host has replaced names of built-in workflows by the workflows,
 * so `workflows` is complete. The owner is added as a human `ceo`.
 */
export const createCompanySchema = z.strictObject({
  type: z.literal('company.create'),
  file: companyFileSchema,
  workflows: z.array(workflowFileSchema),
  ownerName: nameSchema.default('owner'),
});

export const configureCompanySchema = z.strictObject({
  type: z.literal('company.configure'),
  name: nameSchema.optional(),
  policy: policyFileSchema.optional(),
});

/**
 * The company has taken over what it wants of a template's version: later versions are merged on that one.
 * What it took are edits beside this one.
 */
export const mergeTemplateSchema = z.strictObject({
  type: z.literal('company.merge_template'),
  /** The template as that version has it. */
  file: companyFileSchema,
});

const reasonSchema = z.string().trim().min(1).max(500);

/** Nobody claims a task until the company is resumed; what runs goes on. */
export const pauseCompanySchema = z.strictObject({ type: z.literal('company.pause'), reason: reasonSchema });
/** The switch that stops everything: nobody claims, every lease is taken back, the workers end. Gates stay as they are. */
export const stopCompanySchema = z.strictObject({ type: z.literal('company.stop'), reason: reasonSchema });
export const resumeCompanySchema = z.strictObject({ type: z.literal('company.resume') });

export const defineRoleSchema = z.strictObject({ type: z.literal('role.define'), role: roleFileSchema });
export const removeRoleSchema = z.strictObject({ type: z.literal('role.remove'), roleId: roleIdSchema });

export const addDepartmentSchema = z.strictObject({ type: z.literal('department.add'), name: nameSchema });
export const changeDepartmentSchema = z.strictObject({
  type: z.literal('department.change'),
  departmentId: departmentIdSchema,
  name: nameSchema.optional(),
  headId: memberIdSchema.nullable().optional(),
});
export const removeDepartmentSchema = z.strictObject({
  type: z.literal('department.remove'),
  departmentId: departmentIdSchema,
});

export const addTeamSchema = z.strictObject({
  type: z.literal('team.add'),
  departmentId: departmentIdSchema,
  name: nameSchema,
});
export const changeTeamSchema = z.strictObject({
  type: z.literal('team.change'),
  teamId: teamIdSchema,
  name: nameSchema.optional(),
  leadId: memberIdSchema.nullable().optional(),
  departmentId: departmentIdSchema.optional(),
});
export const removeTeamSchema = z.strictObject({ type: z.literal('team.remove'), teamId: teamIdSchema });

export const addMemberSchema = z.strictObject({
  type: z.literal('member.add'),
  teamId: teamIdSchema.nullable(),
  member: memberFileSchema,
});
/** Changes what is named; the rest stays. Moving to another team is a change of `teamId`. */
export const changeMemberSchema = z.strictObject({
  type: z.literal('member.change'),
  memberId: memberIdSchema,
  member: memberChangeSchema.optional(),
  teamId: teamIdSchema.nullable().optional(),
});
export const removeMemberSchema = z.strictObject({
  type: z.literal('member.remove'),
  memberId: memberIdSchema,
});

/** The agent claims no task until it is resumed; what it does goes on. */
export const pauseMemberSchema = z.strictObject({
  type: z.literal('member.pause'),
  memberId: memberIdSchema,
  reason: reasonSchema,
});
export const resumeMemberSchema = z.strictObject({
  type: z.literal('member.resume'),
  memberId: memberIdSchema,
});

/** A name by which later edits of the same `org.change` mean what this one adds. */
const draftIdSchema = z
  .string()
  .regex(/^new_[a-z0-9_]{1,70}$/, 'a name that starts with new_')
  .optional();

/** One edit of the org model: a command like any other, that may name what it adds. */
export const orgEditSchema = z.discriminatedUnion('type', [
  configureCompanySchema,
  mergeTemplateSchema,
  defineRoleSchema,
  removeRoleSchema,
  addDepartmentSchema.extend({ as: draftIdSchema }),
  changeDepartmentSchema,
  removeDepartmentSchema,
  addTeamSchema.extend({ as: draftIdSchema }),
  changeTeamSchema,
  removeTeamSchema,
  addMemberSchema.extend({ as: draftIdSchema }),
  changeMemberSchema,
  removeMemberSchema,
  defineWorkflowSchema,
  removeWorkflowSchema,
]);

/** Several edits, each decided on what the ones before it left: all of them, or none. */
export const changeOrgSchema = z.strictObject({
  type: z.literal('org.change'),
  edits: z.array(orgEditSchema).min(1).max(10_000),
});

export type OrgEdit = z.output<typeof orgEditSchema>;
/** As a caller writes it. */
export type OrgEditInput = z.input<typeof orgEditSchema>;

/** An agent that can do nothing for a time, such as without a quota, takes no task before it. */
export const restMemberSchema = z.strictObject({
  type: z.literal('member.rest'),
  reason: reasonSchema,
  until: epochMsSchema,
});

export const orgCommandSchemas = [
  createCompanySchema,
  configureCompanySchema,
  mergeTemplateSchema,
  pauseCompanySchema,
  stopCompanySchema,
  resumeCompanySchema,
  defineRoleSchema,
  removeRoleSchema,
  addDepartmentSchema,
  changeDepartmentSchema,
  removeDepartmentSchema,
  addTeamSchema,
  changeTeamSchema,
  removeTeamSchema,
  addMemberSchema,
  changeMemberSchema,
  removeMemberSchema,
  pauseMemberSchema,
  resumeMemberSchema,
  changeOrgSchema,
  restMemberSchema,
] as const;
