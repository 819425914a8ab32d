/** What a host brings to each session: what it keeps, and the desks that serve the owner. */
import type { ChannelDesk } from '../../contract/channels.ts';
import type { CompanyPlaces } from '../../contract/company-places.ts';
import type { HostFacts } from '../../contract/host-facts.ts';
import type { ReviewDesk } from '../../contract/reviews.ts';
import type { BuiltInTemplates } from '../../contract/rpc.ts';
import type { StaffingDesk } from '../../contract/staffing.ts';
import type { TokenDesk } from '../../contract/token-desk.ts';
import type { CallCap } from '../call-cap.ts';
import type { Companies } from '../companies.ts';
import type { SessionHolder, Sessions } from '../sessions.ts';

export interface SessionHost {
  readonly companies: Companies;
  readonly sessions: Sessions;
  /** Of calls to models at once; left out: there is no limit. */
  readonly calls?: CallCap;
  /** Where the companies are kept; left out: on this host alone, for good. */
  readonly places?: CompanyPlaces;
  /** What carries messages out; left out: nothing does. */
  readonly channels?: ChannelDesk;
  /** Access tokens; left out: the host keeps none. */
  readonly tokens?: TokenDesk;
  /** Whose tokens are taken on this door; left out: everybody's. */
  readonly admits?: (holder: SessionHolder) => boolean;
  /** What reviews folders; left out: nothing does. */
  readonly reviews?: ReviewDesk;
  /** What starts workers; left out: nothing does. */
  readonly staffing?: StaffingDesk;
  /** What it says of itself; left out: nothing. */
  readonly facts?: () => HostFacts;
  /** The built-in templates, for a client to show. */
  readonly templates: () => Promise<BuiltInTemplates>;
}
