import { useCallback } from 'react';
import { toPlainError } from '../../../domain/errors.ts';
import { useActions } from '../hooks.ts';
import { useFilmActions } from './use-film.tsx';
import { message } from '../../words/message.ts';

/** Takes a file as the scene's picture; what is no picture is told, and the scene stays as it was. */
export function useOwnPicture(sceneId: string): (file: File) => Promise<void> {
  const { chooseOwnPicture } = useFilmActions();
  const { tell } = useActions();
  return useCallback(
    async (file) => {
      try {
        await chooseOwnPicture(sceneId, file);
      } catch (error) {
        tell(message('refused', toPlainError(error)));
      }
    },
    [chooseOwnPicture, sceneId, tell],
  );
}
