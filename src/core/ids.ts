/** The branded names of things: an id of one kind can't be passed where another kind is meant. */
import { z } from 'zod';

const idSchema = z.string().min(1).max(80);

export const companyIdSchema = idSchema.brand<'CompanyId'>();
export const departmentIdSchema = idSchema.brand<'DepartmentId'>();
export const teamIdSchema = idSchema.brand<'TeamId'>();
export const memberIdSchema = idSchema.brand<'MemberId'>();
export const epicIdSchema = idSchema.brand<'EpicId'>();
export const storyIdSchema = idSchema.brand<'StoryId'>();
export const taskIdSchema = idSchema.brand<'TaskId'>();
export const gateIdSchema = idSchema.brand<'GateId'>();
export const workerIdSchema = idSchema.brand<'WorkerId'>();
export const lockIdSchema = idSchema.brand<'LockId'>();
/** A host among those that share a company's log; the same each time it starts. */
export const hostIdSchema = idSchema.brand<'HostId'>();
/** Something done at a host that was cut off, and that did not fit any more. */
export const conflictIdSchema = idSchema.brand<'ConflictId'>();
/** Room in the budgets for one call. */
export const reservationIdSchema = idSchema.brand<'ReservationId'>();
/** The public name of a connection's session; it opens nothing. */
export const sessionIdSchema = idSchema.brand<'SessionId'>();
export const threadIdSchema = idSchema.brand<'ThreadId'>();
export const messageIdSchema = idSchema.brand<'MessageId'>();
export const roleIdSchema = idSchema
  .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _, starting with a letter')
  .brand<'RoleId'>();
export const capabilitySchema = idSchema
  .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _, starting with a letter')
  .brand<'Capability'>();
export const workflowNameSchema = idSchema
  .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _, starting with a letter')
  .brand<'WorkflowName'>();
export const stepIdSchema = idSchema.brand<'StepId'>();
/** Lower-case hexadecimal SHA-256 of an artifact's bytes, or of the manifest of several artifacts. */
export const artifactHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal')
  .brand<'ArtifactHash'>();
/** The name of a git commit. */
export const commitHashSchema = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'the full name of a git commit')
  .brand<'CommitHash'>();
/** The number of an event in its company's log: 1, 2, 3 …, with a fraction while it is provisional. A fencing token is one. */
export const seqSchema = z.number().nonnegative().brand<'Seq'>();

/** The number of an event that stands in the log. */
export const loggedSeqSchema = z.number().int().nonnegative().brand<'Seq'>();

export type CompanyId = z.infer<typeof companyIdSchema>;
export type DepartmentId = z.infer<typeof departmentIdSchema>;
export type TeamId = z.infer<typeof teamIdSchema>;
export type MemberId = z.infer<typeof memberIdSchema>;
export type EpicId = z.infer<typeof epicIdSchema>;
export type StoryId = z.infer<typeof storyIdSchema>;
export type TaskId = z.infer<typeof taskIdSchema>;
export type GateId = z.infer<typeof gateIdSchema>;
export type WorkerId = z.infer<typeof workerIdSchema>;
export type LockId = z.infer<typeof lockIdSchema>;
export type HostId = z.infer<typeof hostIdSchema>;
export type CommitHash = z.infer<typeof commitHashSchema>;
export type ConflictId = z.infer<typeof conflictIdSchema>;
export type ReservationId = z.infer<typeof reservationIdSchema>;
export type SessionId = z.infer<typeof sessionIdSchema>;
export type ThreadId = z.infer<typeof threadIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type RoleId = z.infer<typeof roleIdSchema>;
export type Capability = z.infer<typeof capabilitySchema>;
export type WorkflowName = z.infer<typeof workflowNameSchema>;
export type StepId = z.infer<typeof stepIdSchema>;
export type ArtifactHash = z.infer<typeof artifactHashSchema>;
export type Seq = z.infer<typeof seqSchema>;

/** What an id of each kind begins with, so that a person can tell them apart in a log. */
export interface IdKinds {
  company: CompanyId;
  department: DepartmentId;
  team: TeamId;
  member: MemberId;
  epic: EpicId;
  story: StoryId;
  task: TaskId;
  gate: GateId;
  worker: WorkerId;
  thread: ThreadId;
  message: MessageId;
  lock: LockId;
  session: SessionId;
  reservation: ReservationId;
  conflict: ConflictId;
  host: HostId;
}
