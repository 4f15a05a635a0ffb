// Jest's global set-up for tests of the pure libraries: there is nothing to set up.
export default () => undefined;
