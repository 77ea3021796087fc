import { useCallback, useEffect, useRef, useState } from 'react';
import { AppError, toPlainError, type PlainError } from '../../../domain/errors.ts';
import {
  askInventory,
  keepFiles,
  readOfflineFiles,
  type OfflineFiles,
  type OfflineProgress,
} from '../../pwa/offline.ts';

export type OfflineState =
  | { readonly status: 'asking' }
  /** A service worker is being installed, and will take the page over. */
  | { readonly status: 'preparing' }
  /** No service worker: in development, or where the browser has none. */
  | { readonly status: 'unavailable' }
  | { readonly status: 'known'; readonly files: OfflineFiles; readonly problem: PlainError | null }
  | { readonly status: 'fetching'; readonly progress: OfflineProgress | null };

const lookAgainMs = 2000;

/** What lies in the cache, and fetching the rest. */
export function useOfflineFiles() {
  const [state, setState] = useState<OfflineState>({ status: 'asking' });
  const running = useRef<AbortController | null>(null);

  const look = useCallback(async (problem: PlainError | null = null) => {
    try {
      const files = await readOfflineFiles(await askInventory(navigator.serviceWorker));
      setState({ status: 'known', files, problem });
    } catch {
      setState({ status: (await isBeingPrepared()) ? 'preparing' : 'unavailable' });
    }
  }, []);
  useEffect(() => {
    void Promise.resolve().then(() => look());
    return () => running.current?.abort();
  }, [look]);
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const lookAgain = () => void look();
    navigator.serviceWorker.addEventListener('controllerchange', lookAgain);
    return () => navigator.serviceWorker.removeEventListener('controllerchange', lookAgain);
  }, [look]);
  // After a first visit files still arrive by themselves.
  const waits = state.status === 'known' && !state.problem && state.files.missing.length > 0;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void look(), lookAgainMs);
    return () => clearInterval(timer);
  }, [waits, look]);

  const fetchMissing = async () => {
    const controller = new AbortController();
    running.current = controller;
    setState({ status: 'fetching', progress: null });
    const problem = await fetchAll(controller.signal, (progress) =>
      setState({ status: 'fetching', progress }),
    );
    running.current = null;
    await look(problem);
  };
  return { state, look, fetchMissing, cancel: () => running.current?.abort() };
}

/** True between the registration of a service worker and its taking the page over. */
async function isBeingPrepared(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller) return false;
  return (await navigator.serviceWorker.getRegistration()) !== undefined;
}

/** Resolves with what went wrong; a cancel is nothing of the kind. */
async function fetchAll(
  signal: AbortSignal,
  onProgress: (progress: OfflineProgress) => void,
): Promise<PlainError | null> {
  try {
    const inventory = await askInventory(navigator.serviceWorker);
    const { missing } = await readOfflineFiles(inventory);
    await keepFiles(inventory.cacheName, missing, signal, onProgress);
    return null;
  } catch (error) {
    if (signal.aborted) return null;
    return error instanceof AppError ? toPlainError(error) : { code: 'internal', message: String(error) };
  }
}
