// House rules that oxlint has no setting for. Each says what to write instead.

const report = (context, node, message) => context.report({ node, message });

/** `**` differs in its last bits between JavaScript engines, like Math.pow. */
const noExponentOperator = {
  create(context) {
    const message = '`**` gives other bits on other engines; use pow of src/kernel/math.';
    return {
      BinaryExpression(node) {
        if (node.operator === '**') report(context, node, message);
      },
      AssignmentExpression(node) {
        if (node.operator === '**=') report(context, node, message);
      },
    };
  },
};

/** The operations that IEEE 754 or the language defines to the last bit. All others differ between engines. */
const EXACT_MATH = new Set(
  [
    'abs',
    'ceil',
    'clz32',
    'floor',
    'fround',
    'imul',
    'max',
    'min',
    'round',
    'sign',
    'sqrt',
    'trunc',
  ].concat(['E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2']),
);

const noEngineMath = {
  create(context) {
    const isMath = (node) => node?.type === 'Identifier' && node.name === 'Math';
    return {
      MemberExpression(node) {
        if (!isMath(node.object)) return;
        if (!node.computed && EXACT_MATH.has(node.property.name)) return;
        const instead =
          node.property.name === 'random' ? 'a stream of src/kernel/random' : 'src/kernel/math';
        report(context, node, `This part of Math is not the same everywhere; use ${instead}.`);
      },
      VariableDeclarator(node) {
        if (isMath(node.init)) report(context, node, 'Write Math.name where it is used.');
      },
    };
  },
};

const LOCALE = /^(localeCompare|toLocale\w+)$/;
const CASE = /^to(Lower|Upper)Case$/;

/** The locale is the machine's, and Unicode's case mapping the engine's. */
const noLocale = {
  create(context) {
    return {
      MemberExpression(node) {
        const { name } = node.property;
        if (node.computed) return;
        if (LOCALE.test(name))
          report(context, node, "The locale is the machine's; use < and own formatting.");
        if (CASE.test(name)) {
          report(
            context,
            node,
            "Unicode's case mapping differs between engines; map ASCII letters.",
          );
        }
      },
    };
  },
};

/** A generic walker must be able to save and restore a running model. */
const noHiddenState = {
  create(context) {
    return {
      PrivateIdentifier(node) {
        report(
          context,
          node,
          '`#private` hides state from the walker that saves a model; use TypeScript `private`.',
        );
      },
      VariableDeclaration(node) {
        if (node.parent.type !== 'Program' && node.parent.type !== 'ExportNamedDeclaration') return;
        if (node.kind === 'const') return;
        report(
          context,
          node,
          'No mutable state at module level; put it into a field of what owns it.',
        );
      },
    };
  },
};

/** Types live beside what they describe, and an import says where a thing comes from. */
const noBarrel = {
  create(context) {
    return {
      ExportAllDeclaration(node) {
        report(context, node, 'No `export *`; name what is exported.');
      },
    };
  },
};

/** Enums make code at run time that erasing types cannot remove. */
const noEnum = {
  create(context) {
    return {
      TSEnumDeclaration(node) {
        report(
          context,
          node,
          'No `enum`; use a union of literals, or constants of a branded number.',
        );
      },
    };
  },
};

/** Virtual time does not pass while a promise waits: the simulation is plain calls. */
const noAsync = {
  create(context) {
    const message = 'No async and no promise below src/cli: the simulation is plain calls.';
    const checkFunction = (node) => {
      if (node.async) report(context, node, message);
    };
    return {
      FunctionDeclaration: checkFunction,
      FunctionExpression: checkFunction,
      ArrowFunctionExpression: checkFunction,
      AwaitExpression: (node) => report(context, node, message),
      ImportExpression: (node) => report(context, node, 'No dynamic import below src/cli.'),
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Promise') {
          report(context, node, message);
        }
      },
    };
  },
};

/** A generator's state is hidden from the walker that saves a model, and costs more than a handler. */
const noGenerator = {
  create(context) {
    const checkFunction = (node) => {
      if (node.generator)
        report(context, node, 'No generator inside virtual time; register a handler.');
    };
    return { FunctionDeclaration: checkFunction, FunctionExpression: checkFunction };
  },
};

export default {
  meta: { name: 'wavetank' },
  rules: {
    'no-exponent-operator': noExponentOperator,
    'no-engine-math': noEngineMath,
    'no-locale': noLocale,
    'no-hidden-state': noHiddenState,
    'no-barrel': noBarrel,
    'no-enum': noEnum,
    'no-async': noAsync,
    'no-generator': noGenerator,
  },
};
