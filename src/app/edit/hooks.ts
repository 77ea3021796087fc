import { pageHooks } from '../base/page-hooks.tsx';
import type { PicturePage } from '../picture/hooks.ts';

export const { useApp, useAppState, useActions } = pageHooks<PicturePage>();
