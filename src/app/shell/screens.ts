import { Clapperboard, Image, Images, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import { PictureScreen } from '../picture/ui/picture-screen.tsx';

export interface Screen {
  /** In the address: `#/picture`. */
  readonly id: 'picture' | 'film' | 'gallery';
  readonly icon: LucideIcon;
  readonly Component: ComponentType;
}

/** The first is shown when the address names none. All but the first are `lazy(() => import(…))`. */
export const screens: readonly [Screen, ...Screen[]] = [
  { id: 'picture', icon: Image, Component: PictureScreen },
  {
    id: 'film',
    icon: Clapperboard,
    Component: lazy(() => import('../film/ui/film-screen.tsx')),
  },
  {
    id: 'gallery',
    icon: Images,
    Component: lazy(() => import('../gallery/ui/gallery-screen.tsx')),
  },
];

export function screenFromHash(hash: string): Screen {
  return screens.find((screen) => hash === `#/${screen.id}`) ?? screens[0];
}
