/** What can have happened to a company and the people and agents in it. */
import type { DepartmentId, MemberId, RoleId, TeamId } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { CompanyFile } from './company-file.ts';
import type { Company, Department, Member, Role, Team } from './org.ts';

export type OrgEvent =
  | { readonly type: 'company.created'; readonly company: Company }
  | { readonly type: 'company.configured'; readonly company: Company }
  /** The company stands on this version of its template from now on, whatever it took of it. */
  | { readonly type: 'company.template_merged'; readonly base: CompanyFile }
  /** Nobody claims any more; what runs goes on. */
  | { readonly type: 'company.paused'; readonly reason: string }
  /** Nobody claims any more, and what ran is taken back. */
  | { readonly type: 'company.stopped'; readonly reason: string }
  | { readonly type: 'company.resumed' }
  | { readonly type: 'role.defined'; readonly role: Role }
  | { readonly type: 'role.removed'; readonly roleId: RoleId }
  | { readonly type: 'department.added'; readonly department: Department }
  | { readonly type: 'department.changed'; readonly department: Department }
  | { readonly type: 'department.removed'; readonly departmentId: DepartmentId }
  | { readonly type: 'team.added'; readonly team: Team }
  | { readonly type: 'team.changed'; readonly team: Team }
  | { readonly type: 'team.removed'; readonly teamId: TeamId }
  | { readonly type: 'member.added'; readonly member: Member }
  | { readonly type: 'member.changed'; readonly member: Member }
  | { readonly type: 'member.removed'; readonly memberId: MemberId }
  /** The agent claims no more; what it does goes on. */
  | { readonly type: 'member.paused'; readonly memberId: MemberId; readonly reason: string }
  /** The agent can do nothing before that time, and claims nothing; it goes on by itself. */
  | {
      readonly type: 'member.rested';
      readonly memberId: MemberId;
      readonly reason: string;
      readonly until: EpochMs;
    }
  | { readonly type: 'member.resumed'; readonly memberId: MemberId };
