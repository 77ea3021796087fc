import { FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { useModelsActions } from '../models-hooks.tsx';
import { useWords } from '../../words/words-context.tsx';

/** Every browser on a desk can pick a folder this way; phones cannot, and show no button that does nothing. */
const canPickFolders =
  'webkitdirectory' in HTMLInputElement.prototype && !matchMedia('(pointer: coarse)').matches;

export function FolderButton() {
  const { models } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const { findInFolder } = useModelsActions();
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].map((file) => ({
      file,
      path: file.webkitRelativePath.split('/').slice(1).join('/'),
    }));
    const folderName = list?.[0]?.webkitRelativePath.split('/', 1)[0];
    if (folderName !== undefined) void findInFolder(folderName, files);
  };
  if (!canPickFolders) return null;
  return (
    <>
      <button type="button" className="button outline" onClick={() => input.current?.click()}>
        <FolderOpen size={16} aria-hidden />
        {models.fromFolder}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={models.folder}
        // React knows no such property yet.
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}
