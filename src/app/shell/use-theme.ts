import { useEffect } from 'react';
import { useAppState } from './app-hooks.tsx';

/** `system` leaves the choice to `prefers-color-scheme`. */
export function useTheme(): void {
  const theme = useAppState((state) => state.preferences.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
