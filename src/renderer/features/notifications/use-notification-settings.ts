/** What this person chose about notifications, as the app around the page keeps it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { NotificationSettings } from '../../../contract/notification-settings.ts';
import { toast } from '../../design/toast.tsx';
import { callDesktop } from '../../lib/desktop-calls.ts';
import { isDesktop } from '../../lib/desktop-port.ts';
import { asCoordError } from '../../lib/use-command.ts';

const queryKey = ['notification-settings'];

export interface KeptNotifications {
  /** Undefined until the app has said. */
  readonly settings: NotificationSettings | undefined;
  /** Why the app refused to say. */
  readonly refusal: string | null;
  /** @returns whether it is kept; a refusal is told */
  readonly change: (next: NotificationSettings) => Promise<boolean>;
}

export function useNotificationSettings(): KeptNotifications {
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => callDesktop('notificationSettings', {}),
    enabled: isDesktop(),
    retry: false,
  });
  const change = async (next: NotificationSettings) => {
    try {
      queries.setQueryData(queryKey, await callDesktop('setNotifications', next));
      return true;
    } catch (failure) {
      toast('failure', asCoordError(failure).message);
      return false;
    }
  };
  return { settings: data, refusal: error ? asCoordError(error).message : null, change };
}
