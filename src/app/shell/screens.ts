import { Clapperboard, Image, Images, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import { PictureScreen } from '../picture/ui/picture-screen.tsx';

export interface Screen {
  /** In the address: `#/picture`. */
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly Component: ComponentType;
}

/** The first is shown when the address names none. All but the first are `lazy(() => import(…))`. */
export const screens: readonly [Screen, ...Screen[]] = [
  { id: 'picture', label: 'Picture', icon: Image, Component: PictureScreen },
  {
    id: 'film',
    label: 'Film',
    icon: Clapperboard,
    Component: lazy(() => import('../film/ui/film-screen.tsx')),
  },
  {
    id: 'gallery',
    label: 'Gallery',
    icon: Images,
    Component: lazy(() => import('../gallery/ui/gallery-screen.tsx')),
  },
];

export function screenFromHash(hash: string): Screen {
  return screens.find((screen) => hash === `#/${screen.id}`) ?? screens[0];
}
