"""Reads the schema of a Terraform provider back out of its generated CDK bindings.

The bindings are JavaScript that a generator wrote in a fixed layout, one folder a resource, so
regular expressions anchored to that layout are enough. Three places carry the schema:

* `static tfResourceType = "aws_eks_cluster"` in the class of a resource, data source or provider;
* `synthesizeHclAttributes()` of that class, and `xyzToHclTerraform(struct)` of each nested block:
  name, whether it is a block, and the storage class of every argument;
* the comment `// name - computed: true, optional: false, required: false` above each getter.
"""

import re
from dataclasses import dataclass

MAX_NESTING = 12  # Recursive blocks (wafv2 statements, quicksight visuals) are cut here.

SECTIONS = {
    "TerraformResource": "resources",
    "TerraformDataSource": "data",
    "TerraformProvider": "config",
    "TerraformEphemeralResource": "ephemeral",
}
PRIMITIVES = {"string": "s", "number": "n", "boolean": "b", "any": "y"}
WRAPPERS = {"List": "L", "Map": "M", "Set": "S"}
GETTERS = {
    "String": "s",
    "Number": "n",
    "Boolean": "b",
    "List": "L(s)",
    "NumberList": "L(n)",
    "StringMap": "M(s)",
    "BooleanMap": "M(b)",
    "NumberMap": "M(n)",
    "AnyMap": "M(y)",
}

CONVERTER = re.compile(r"^function (\w+)ToHclTerraform\(struct\) \{\n(.*?)^\}", re.S | re.M)
SYNTHESIS = re.compile(r"^    synthesizeHclAttributes\(\) \{\n(.*?)^    \}", re.S | re.M)
ARGUMENT = re.compile(
    r'^ {8,12}(\w+|"[^"]+"): \{\n'
    r"\s+value: (.*?),\n"
    r"\s+isBlock: (true|false),\n"
    r'\s+type: "(\w+)",\n'
    r'\s+storageClassType: "(\w+)"',
    re.M,
)
CLASS = re.compile(r"^class (\w+) extends (?:cdktn|cdktf)\.(\w+) \{\n(.*?)^\}", re.S | re.M)
COMMENT = re.compile(
    r"^(?:    |        )// (\S+) - computed: (true|false), optional: (true|false), required: (true|false)\n"
    r"(?=((?:.*\n){1,4}))",
    re.M,
)
STATIC_TYPE = re.compile(r'static tfResourceType = "([^"]+)"')
ASSIGNED_TYPE = re.compile(r'^(\w+)\.tfResourceType = "([^"]+)"', re.M)
VERSION = re.compile(r"providerVersion: '([^']+)',\s+providerVersionConstraint: '([^']+)'")
STORAGE = re.compile(r"(string|number|boolean|any)((?:List|Map|Set)*)")
GETTER = re.compile(r"get(String|Number|Boolean|List|NumberList|StringMap|BooleanMap|NumberMap|AnyMap)Attribute\(")
NESTED = re.compile(r"new (?:\w+\.)?(\w*?)(List|Map|MapList|OutputReference)\(this")
SINGLE = re.compile(r"new (?:\w+\.)?(\w+?)OutputReference\(this")
MEMBER = re.compile(r"(?:this\._|struct\.)(\w+)")


@dataclass(frozen=True)
class Binding:
    section: str
    type: str
    node: dict
    version: str
    constraint: str


@dataclass(frozen=True)
class Argument:
    """What can be written: one entry of synthesizeHclAttributes or of a converter."""

    name: str
    value: str
    block: bool
    collection: str
    storage: str


@dataclass(frozen=True)
class Comment:
    """What a getter's comment says, and the lines that follow it."""

    flags: str
    tail: str

    def following(self):
        return self.tail.split("// ")[0]


def read_bindings(script, nested_attributes):
    """Every resource, data source, ephemeral resource and provider of one folder's JavaScript.

    nested_attributes: the provider speaks protocol 6, so that a nested object is written `x = {}`.
    """
    reader = _Reader(script, nested_attributes)
    for name, (base, body) in reader.classes.items():
        type_name = reader.type_of(name)
        if type_name and base in SECTIONS:
            version = VERSION.search(body)
            synthesis = SYNTHESIS.search(body)
            yield Binding(
                SECTIONS[base],
                type_name,
                reader.node(name, _arguments(synthesis.group(1)) if synthesis else []),
                version.group(1) if version else "",
                version.group(2) if version else "",
            )


def _arguments(text):
    return [
        Argument(name.strip('"'), value, block == "true", collection, storage)
        for name, value, block, collection, storage in ARGUMENT.findall(text)
    ]


def _comments(body):
    found = {}
    for match in COMMENT.finditer(body):
        computed, optional, required = (match.group(i) == "true" for i in (2, 3, 4))
        flags = ("r" if required else "") + ("o" if optional else "") + ("c" if computed else "")
        found[match.group(1)] = Comment(flags, match.group(5))
    return found


def _primitive(storage, collection):
    """`stringList` is L(s), or S(s) where the argument is a set; None for a named structure."""
    match = STORAGE.fullmatch(storage)
    if not match:
        return None
    letters = PRIMITIVES[match.group(1)]
    wrappers = re.findall("List|Map|Set", match.group(2))
    for position, wrapper in enumerate(wrappers):
        letter = WRAPPERS[wrapper]
        if position == len(wrappers) - 1 and collection == "set" and letter == "L":
            letter = "S"
        letters = f"{letter}({letters})"
    return letters


def _lower(name):
    return name[:1].lower() + name[1:]


def _upper(name):
    return name[:1].upper() + name[1:]


def _with_provider_made_id(node):
    """Every object has an id that the provider makes. Older bindings say only that it may be written."""
    if node.get("a", {}).get("id") == "so":
        node["a"]["id"] = "soc"
    return node


class _Reader:
    def __init__(self, script, nested_attributes):
        self.nested_attributes = nested_attributes
        self.converters = {m.group(1): _arguments(m.group(2)) for m in CONVERTER.finditer(script)}
        self.classes = {m.group(1): (m.group(2), m.group(3)) for m in CLASS.finditer(script)}
        self.assigned_types = dict(ASSIGNED_TYPE.findall(script))
        self.known = {}

    def type_of(self, class_name):
        """The Terraform type that a class stands for; None for the class of a nested block."""
        static = STATIC_TYPE.search(self.classes[class_name][1])
        return static.group(1) if static else self.assigned_types.get(class_name)

    def node(self, class_name, arguments, depth=0):
        """{"a": attributes, "b": nested nodes} of a class; empty sections are left out."""
        if depth == 0:
            return _with_provider_made_id(self._read(class_name, arguments, depth))
        if class_name not in self.known:
            self.known[class_name] = self._read(class_name, arguments, depth)
        return self.known[class_name]

    def _read(self, class_name, arguments, depth):
        _, body = self.classes.get(class_name, (None, ""))
        by_name = {argument.name: argument for argument in arguments}
        attributes, blocks = {}, {}
        for name, comment in _comments(body).items():
            if name in by_name:
                self._written(by_name[name], comment, depth, attributes, blocks)
            else:
                self._computed(name, comment, depth, attributes, blocks)
        for name, argument in by_name.items():
            if name not in attributes and name not in blocks:
                flags = self._flags_by_reset(argument, body)
                self._written(argument, Comment(flags, ""), depth, attributes, blocks)
        return {key: value for key, value in (("a", attributes), ("b", blocks)) if value}

    def _flags_by_reset(self, argument, body):
        """Without a comment: what has a reset method can be left out."""
        member = MEMBER.search(argument.value)
        reset = f"    reset{_upper(member.group(1)) if member else ''}() {{"
        return "o" if not body or reset in body else "r"

    def _written(self, argument, comment, depth, attributes, blocks):
        if not argument.block:
            attributes[argument.name] = (_primitive(argument.storage, argument.collection) or "y") + comment.flags
            return
        converter = re.search(r"(\w+)ToHclTerraform", argument.value)
        if not converter or converter.group(1) not in self.converters:
            attributes[argument.name] = "y" + comment.flags
            return
        nested = {"k": argument.collection}
        if comment.flags != "o":
            nested["f"] = comment.flags
        if argument.collection != "struct" and SINGLE.search(comment.following()):
            nested["max"] = 1
        if self.nested_attributes:
            nested["n"] = 1
        nested.update(self._below(converter.group(1), depth))
        blocks[argument.name] = nested

    def _computed(self, name, comment, depth, attributes, blocks):
        getter = GETTER.search(comment.tail)
        if getter:
            attributes[name] = GETTERS[getter.group(1)] + comment.flags
            return
        nested = NESTED.search(comment.following())
        if not nested:
            attributes[name] = "y" + comment.flags
        elif nested.group(1) in ("String", "Number", "Boolean", "Any"):
            attributes[name] = f"M({PRIMITIVES[nested.group(1).lower()]}){comment.flags}"
        else:
            kinds = {"OutputReference": "single", "Map": "map", "MapList": "map", "List": "list"}
            blocks[name] = {"k": kinds[nested.group(2)], "f": comment.flags}
            blocks[name].update(self._below(_lower(nested.group(1)), depth))

    def _below(self, converter, depth):
        if depth >= MAX_NESTING:
            return {}
        return self.node(_upper(converter) + "OutputReference", self.converters.get(converter, []), depth + 1)
