export * from './demand.js';
export { type DemandLetter, demandLetter, type PayTo, readyForLetters } from './demand-letter.js';
export * from './propose.js';
export { confirmSetOff, proposeSetOff, type SetOffWish } from './set-off.js';
export { mostShown, type SetOffChoice, type SetOffChoices, setOffChoices } from './set-off-choices.js';
