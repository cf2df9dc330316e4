"""Compiles C# with Roslyn, which runs in this process: compile.py <dotnet> <roslyn> <sources> <out>.

<dotnet> is the folder of the .NET runtime, <roslyn> that of the compiler's assemblies, <sources> that of the generated
projects and of what uses them. Each diagnostic of our project and of its users fails; of the other projects only errors do.
"""
import glob
import os
import pathlib
import sys

from clr_loader import get_coreclr
from pythonnet import set_runtime

dotnet, roslyn, sources, out = (os.path.abspath(path) for path in sys.argv[1:])
os.makedirs(out, exist_ok=True)
os.environ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"
config = pathlib.Path(out, "runtimeconfig.json")
config.write_text('{"runtimeOptions":{"tfm":"net8.0","framework":{"name":"Microsoft.NETCore.App","version":"8.0.0"}}}')
set_runtime(get_coreclr(runtime_config=str(config), dotnet_root=dotnet))

import clr

for name in ("Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"):
    clr.AddReference(os.path.join(roslyn, f"{name}.dll"))

from Microsoft.CodeAnalysis import MetadataReference, SyntaxTree
from Microsoft.CodeAnalysis.CSharp import CSharpCommandLineParser, CSharpCompilation, CSharpSyntaxTree
from System import Array, String
from System.Collections.Generic import List
from System.IO import File, MemoryStream
from System.Text import Encoding

SDK = glob.glob(f"{dotnet}/shared/Microsoft.NETCore.App/*")[0]
# As the generated projects have it; they target net6.0, whose language is C# 10.
OPTIONS = ["/nullable:enable", "/langversion:10", "/warn:6", "/nowarn:0612,0618,1701,1702", "/warnaserror+:0108,0109"]
references = [
    MetadataReference.CreateFromFile(path) for path in glob.glob(f"{SDK}/*.dll")
    if os.path.basename(path).startswith(("System.", "Microsoft.", "mscorlib", "netstandard"))
]


def compile(name, *arguments, warnings=False):
    """Compiles a project, and offers it to those that follow. Returns how many diagnostics count."""
    parsed = CSharpCommandLineParser.Default.Parse(Array[String]([*OPTIONS, *arguments, f"/out:{out}/{name}.dll"]), os.getcwd(), SDK, None)
    trees, known = List[SyntaxTree](), List[MetadataReference]()
    for file in parsed.SourceFiles:
        trees.Add(CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), parsed.ParseOptions, file.Path, Encoding.UTF8))
    for reference in references:
        known.Add(reference)
    assembly, documentation = MemoryStream(), MemoryStream() if parsed.DocumentationPath else None
    result = CSharpCompilation.Create(name, trees, known, parsed.CompilationOptions).Emit(assembly, None, documentation, None, None, parsed.EmitOptions)
    counted = [
        it for it in [*parsed.Errors, *result.Diagnostics]
        if not it.IsSuppressed and str(it.Severity) in (("Error", "Warning") if warnings else ("Error",))
    ]
    for diagnostic in counted:
        print(diagnostic.ToString())
    if result.Success:
        File.WriteAllBytes(f"{out}/{name}.dll", assembly.ToArray())
        references.append(MetadataReference.CreateFromFile(f"{out}/{name}.dll"))
    print(f"{name}: {trees.Count} files, {len(counted)} diagnostics", flush=True)
    return len(counted) if trees.Count > 0 else 1


PEERS = [
    "Constructs", "Amazon.CDK.Asset.AwsCliV1", "Amazon.CDK.Asset.NodeProxyAgentV6", "Amazon.CDK.CloudAssembly.Schema", "Amazon.CDK.Lib",
]
OURS = "Cdk.ApiGatewayV2.Integrations"

projects = [
    ("Amazon.JSII.Runtime", ["/t:library", os.path.join(os.path.dirname(__file__), "Runtime.cs")], False),
    *[(name, ["/t:library", "/refonly", f"/recurse:{sources}/{name}/*.cs"], False) for name in PEERS],
    (OURS, ["/t:library", f"/doc:{out}/{OURS}.xml", f"/recurse:{sources}/{OURS}/*.cs"], True),
    ("Shop", ["/t:library", f"/recurse:{sources}/Shop/*.cs"], True),
    ("App", ["/t:exe", f"{sources}/App.cs"], True),
]
passed = failed = 0
for name, arguments, warnings in projects:
    if compile(name, *arguments, warnings=warnings) == 0:
        passed += 1
    else:
        failed += 1
        # What follows would only repeat what is wrong here.
        if name != "Shop":
            break
print(f"{passed} passed, {failed} failed")
raise SystemExit(1 if failed else 0)
