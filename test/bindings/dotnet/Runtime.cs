// What the C# that jsii-pacmak generates needs of Amazon.JSII.Runtime to compile, written from that use. Nothing of it runs.
#nullable enable
#pragma warning disable CS1591
using System;
using System.Runtime.CompilerServices;

[assembly: System.Reflection.AssemblyVersion("1.140.0.0")]

namespace Amazon.JSII.Runtime
{
    public static class Configuration
    {
        public static bool RuntimeTypeChecking { get; set; }
    }

    public class JsiiException : Exception
    {
        public JsiiException(string message) : base(message) { }
    }
}

namespace Amazon.JSII.Runtime.Deputy
{
    public sealed class ByRefValue { internal ByRefValue() { } }

    public sealed class DeputyProps
    {
        public DeputyProps(object?[]? arguments = null) { }
    }

    public abstract class DeputyBase
    {
        protected DeputyBase(DeputyProps props) { }
        protected DeputyBase(ByRefValue reference) { }
        protected T? GetInstanceProperty<T>([CallerMemberName] string name = "") => throw Stub();
        protected void SetInstanceProperty<T>(T value, [CallerMemberName] string name = "") => throw Stub();
        protected static T? GetStaticProperty<T>(Type type, [CallerMemberName] string name = "") => throw Stub();
        protected static void SetStaticProperty<T>(Type type, T value, [CallerMemberName] string name = "") => throw Stub();
        protected T? InvokeInstanceMethod<T>(Type[] types, object?[] arguments, [CallerMemberName] string name = "") => throw Stub();
        protected void InvokeInstanceVoidMethod(Type[] types, object?[] arguments, [CallerMemberName] string name = "") => throw Stub();
        protected static T? InvokeStaticMethod<T>(Type type, Type[] types, object?[] arguments, [CallerMemberName] string name = "") => throw Stub();
        protected static void InvokeStaticVoidMethod(Type type, Type[] types, object?[] arguments, [CallerMemberName] string name = "") => throw Stub();
        private static Exception Stub() => new NotSupportedException("a stub, to compile against");
    }

    public sealed class AnonymousObject : DeputyBase
    {
        private AnonymousObject(ByRefValue reference) : base(reference) { }
    }

    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class JsiiAssemblyAttribute : Attribute
    {
        public JsiiAssemblyAttribute(string name, string version, string tarball) { }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiClassAttribute : Attribute
    {
        public JsiiClassAttribute(Type nativeType, string fullyQualifiedName, string? parametersJson = null) { }
    }

    [AttributeUsage(AttributeTargets.Interface)]
    public sealed class JsiiInterfaceAttribute : Attribute
    {
        public JsiiInterfaceAttribute(Type nativeType, string fullyQualifiedName) { }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiTypeProxyAttribute : Attribute
    {
        public JsiiTypeProxyAttribute(Type nativeType, string fullyQualifiedName) { }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class JsiiByValueAttribute : Attribute
    {
        public JsiiByValueAttribute(string fqn) { }
    }

    [AttributeUsage(AttributeTargets.Enum)]
    public sealed class JsiiEnumAttribute : Attribute
    {
        public JsiiEnumAttribute(Type nativeType, string fullyQualifiedName) { }
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class JsiiEnumMemberAttribute : Attribute
    {
        public JsiiEnumMemberAttribute(string name) { }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiPropertyAttribute : Attribute
    {
        public JsiiPropertyAttribute(string name, string typeJson, bool isOptional = false, bool isOverride = false) { }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class JsiiOptionalAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class JsiiMethodAttribute : Attribute
    {
        public JsiiMethodAttribute(string name, string? returnsJson = null, string? parametersJson = null, bool isOverride = false, bool isAsync = false) { }
    }
}

namespace Newtonsoft.Json.Linq
{
    public class JObject { }
}
