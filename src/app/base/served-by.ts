import { pairingTiming, relayTiming } from '../../engine/api-protocol.ts';

/**
 * Who serves this page. `here`: our server, on the machine itself, for which this page draws. `machine`: our server on another machine, with
 * which this device may pair. `host`: any other.
 */
export function servedBy(): 'here' | 'machine' | 'host' {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const names = navigation?.serverTiming.map(({ name }) => name) ?? [];
  if (names.includes(relayTiming)) return 'here';
  return names.includes(pairingTiming) ? 'machine' : 'host';
}
