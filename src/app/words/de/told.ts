import type { MadeWith, Origin } from '../facts.ts';
import type { Format } from '../format.ts';
import type { Words } from '../words.ts';
import { errors } from './errors.ts';
import { recipeWords } from './recipe.ts';

export const told = (f: Format): Words['told'] => ({
  failed: ({ code }) => `${errors[code].title}. ${errors[code].advice}`,
  refused: ({ code }) => `${errors[code].title}. ${errors[code].advice}`,
  undo: () => 'Rückgängig',
  useHere: () => 'Hier verwenden',
  install: () => 'Installieren',
  installable: () =>
    'Zoetrope lässt sich installieren: Dann öffnet es sich wie jede andere App, mit oder ohne Netz.',
  notAllDeleted: () =>
    'Nicht alles ließ sich löschen. Schließe andere Tabs dieser App und versuche es noch einmal.',
  notPersisted: () =>
    'Der Browser hat nicht zugestimmt. Die App zu installieren oder öfter zu benutzen kann helfen.',
  oneShared: () => 'Es wurden mehrere Bilder geteilt; das erste wurde genommen.',

  restored: (from, madeWith, hadSource) =>
    [
      `Einstellungen ${originWords(from)} wiederhergestellt.`,
      ...(madeWith ? [madeWithWords(madeWith)] : []),
      ...(hadSource ? ['Es begann mit einem anderen Bild, das nicht dabei ist.'] : []),
    ].join(' '),
  recipe: recipeWords,
  showText: () => 'Text zeigen',
  tellsRecipe: (file) => `„${file}“ ist die Vorlage des nächsten Bildes. Es sagt auch, wie es gemacht wurde.`,
  restoreIt: () => 'Seine Einstellungen holen',
  unknownPicture: (file) =>
    `„${file}“ wurde mit keinem Werkzeug gemacht, das diese Seite kennt. Es ist die Vorlage für das nächste Bild.`,
  claimedPicture: (file, by) =>
    `Nach seinen Herkunftsangaben wurde „${file}“ mit ${by} gemacht; wie, steht nicht dabei. Es ist die Vorlage für das nächste Bild.`,
  unfollowedPicture: (file, by) =>
    `„${file}“ wurde mit ${by} gemacht, auf eine Weise, der diese Seite nicht folgen kann. Es dient als Vorlage des nächsten Bildes.`,
  oneOpened: (file, others) =>
    `Es wird immer nur eine Datei geöffnet, hier „${file}“. Nicht geöffnet: ${others.map((name) => `„${name}“`).join(', ')}.`,
  machineAdded: (name) => `„${name}“ antwortet und wurde hinzugefügt.`,
  machineRemoved: (name) => `„${name}“ wurde samt Schlüssel entfernt.`,
  machinesNotKept: () =>
    'Der Browser hat die Liste der Rechner nicht behalten: Sie gilt, bis diese Seite geschlossen wird.',
  listDeleted: (name) => `Liste „${name}“ gelöscht.`,
  listsNotKept: () =>
    'Der Browser hat die Listen nicht behalten: Sie gelten, bis diese Seite geschlossen wird.',
  linesLeftOut: (lines, options) =>
    [
      ...(lines.length > 0
        ? [
            `Ausgelassen, weil sie nicht gehen: ${lines.length === 1 ? 'Zeile' : 'Zeilen'} ${f.list(lines.map((line) => f.number(line)))}.`,
          ]
        : []),
      ...(options.length > 0 ? [`Hier unbekannt: ${options.join(', ')}.`] : []),
    ].join(' '),
  settingsRestored: () => 'Einstellungen wiederhergestellt.',
  useAsSource: () => 'Als Vorlage nehmen',
  pasteAsPrompt: () => 'Als Prompt einfügen',
  switchTo: (model) => `Zu ${model} wechseln`,
  getModel: () => 'Dieses Modell holen',
  extrasMissing: (missing) =>
    `Nicht in diesem Browser: ${missing.map(({ kind, name }) => `${{ lora: 'das LoRA', embedding: 'das Embedding', vae: 'die VAE' }[kind]} „${name}“`).join(', ')}. Füge die Dateien hinzu oder nimm sie aus dem Prompt.`,
  addExtras: () => 'Dateien hinzufügen',
  pictureDeleted: () => 'Bild gelöscht.',
  enlarged: (name, width, height) =>
    `„${name}“ hat jetzt ${f.size(width, height)} Pixel. Es ist in der Galerie.`,
  notifyAsk: () => 'Das dauert eine Weile. Die Seite kann sich melden, wenn es fertig ist.',
  notifyYes: () => 'Melden',
  gridReady: (pictures) => `Das Raster aus ${f.number(pictures)} Bildern ist fertig.`,
  toGallery: () => 'Zur Galerie',
  pictureCopied: () => 'Bild kopiert.',
  settingsCopied: () => 'Einstellungen als Text kopiert.',
  linkCopied: () => 'Link kopiert.',
  copyRefused: () => 'Der Browser hat das Kopieren nicht erlaubt.',
  notAllowed: () => 'Der Browser hat es nicht erlaubt.',
  fileNotTaken: () => 'Das System hat diese Datei nicht angenommen.',
  fileNotTakenSaveIt: () => 'Das System hat diese Datei nicht angenommen. Speichere sie stattdessen.',
  filmNotTaken: () => 'Das System hat den Film nicht angenommen.',

  modelTakenOver: () =>
    'Ein anderer Tab hat das Modell übernommen. Es wird neu geladen, wenn du es hier brauchst.',
  modelWaits: (model) => `${model} wartet: Ein anderer Tab hat ein großes Modell geladen.`,
  modelGone: (model, now) => `${model} ist nicht mehr in diesem Browser; jetzt zeichnet ${now}.`,
  modelReady: (model) => `${model} ist bereit.`,
  modelReadyOffline: (model) => `${model} ist bereit, auch ohne Netz.`,
  modelExported: (model, folder) => `${model} ist im Ordner „${folder}“.`,
  callCopied: (call) => `${call} kopiert: in den Prompt einfügen.`,
  modelNotDeleted: (model, { code }) => `${model} ist noch da: ${errors[code].title}.`,
  modelOfOtherTab: (model) => `Ein anderer Tab zeichnet jetzt mit ${model}.`,
  followModel: () => 'Auch hier verwenden',

  workDeleted: (works) => f.count(works, { one: 'Gelöscht.', other: '# Werke gelöscht.' }),
  worksExported: (works) => f.count(works, { one: '# Werk exportiert.', other: '# Werke exportiert.' }),
  worksImported: (added, known, unreadable, damaged) =>
    `${[
      f.count(added, { one: '# Werk hinzugefügt', other: '# Werke hinzugefügt' }),
      ...(known > 0 ? [f.count(known, { one: '# war schon da', other: '# waren schon da' })] : []),
      ...(unreadable > 0 ? [`${f.number(unreadable)} aus einer neueren Version ausgelassen`] : []),
      ...(damaged > 0 ? [`${f.number(damaged)} beschädigt`] : []),
    ].join(', ')}.`,
  workNotKept: (kind, full) =>
    kind === 'image'
      ? `Dieses Bild ist nicht in der Galerie: ${lossReason(full)}. Speichere es als Datei, sonst geht es verloren, wenn diese Seite geschlossen wird.`
      : `Dieser Film ist nicht in der Galerie: ${lossReason(full)}. Speichere ihn als Datei, sonst geht er verloren, wenn diese Seite geschlossen wird.`,
  apiWorkNotKept: (full) =>
    `Was Skripte anfordern, wird gemacht, kommt aber nicht in die Galerie: ${lossReason(full)}.`,
  storageShort: () =>
    'Der Speicher wird knapp. Exportiere Werke aus der Galerie oder lösche einige, bevor er voll ist.',

  jobCancelled: () => 'Abgebrochen.',
  jobRemoved: () => 'Aus der Warteschlange entfernt.',
  jobsCancelled: (jobs) => f.count(jobs, { one: '# Auftrag abgebrochen.', other: '# Aufträge abgebrochen.' }),
  jobsDiscarded: (jobs) => f.count(jobs, { one: 'Verworfen.', other: '# Aufträge verworfen.' }),
  jobsGoElsewhere: () => 'Ein anderer Tab macht damit weiter.',
  queueNotKept: () =>
    'Die Warteschlange ließ sich nicht speichern: Sie gilt, bis diese Seite geschlossen wird.',

  sceneAdded: (scene) => `Szene ${f.number(scene)} hinzugefügt.`,
  sceneDuplicated: (scene) => `Szene ${f.number(scene)} dupliziert.`,
  musicRemoved: (name) => `„${name}“ entfernt.`,
  musicMoved: (name, place, pieces) => `„${name}“ ist jetzt Stück ${f.of(place, pieces)}.`,
  sceneDeleted: (scene) => `Szene ${f.number(scene)} gelöscht.`,
  sceneMoved: (from, to, scenes) => `Szene ${f.number(from)} ist jetzt Szene ${f.of(to, scenes)}.`,
  scenesAdded: (scenes) => f.count(scenes, { one: '# Szene hinzugefügt.', other: '# Szenen hinzugefügt.' }),
  filmOpened: (title) => `${named(title)} geöffnet.`,
  filmDeleted: (title) => `${named(title)} gelöscht.`,
  filmNew: () => 'Neuer Film.',
  filmOfPictures: (pictures) => `Ein neuer Film aus ${f.number(pictures)} Bildern.`,
  filmRestored: (file, hasPictures) =>
    `Storyboard aus „${file}“ wiederhergestellt.${hasPictures ? '' : ' „Erzeugen“ macht seine Bilder noch einmal.'}`,
  filmPicturesReady: (title) => `Die Bilder von ${named(title)} sind fertig.`,
  filmReady: (title) => `${named(title)} ist fertig und in der Galerie.`,
});

const named = (title: string) => `„${title || 'Film ohne Titel'}“`;

function originWords(from: Origin): string {
  if (typeof from === 'object') return `aus „${from.file}“`;
  return { link: 'aus dem Link', gallery: 'aus der Galerie', text: 'aus dem Text' }[from];
}

function madeWithWords(made: MadeWith): string {
  return 'other' in made
    ? `Es wurde mit dem Modell ${made.other} gemacht; ${made.inUse} wird es anders zeichnen.`
    : `Es wurde mit Version ${made.version} von ${made.inUse} gemacht; die jetzige zeichnet es vielleicht anders.`;
}

const lossReason = (full: boolean) =>
  full ? 'Der Speicher ist voll' : 'Der Browser hat es nicht gespeichert';
