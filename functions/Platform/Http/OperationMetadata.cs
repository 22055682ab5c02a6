using Microsoft.AspNetCore.Http.Metadata;

namespace ServerlessSocial.Platform.Http;

/// <summary>Declares that an operation is a list with <c>cursor</c> and <c>limit</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute;

/// <summary>Declares a query parameter that a function reads itself, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class QueryParameterAttribute(string name, string description) : Attribute
{
    /// <summary>Name in the query.</summary>
    public string Name { get; } = name;

    /// <summary>What it means.</summary>
    public string Description { get; } = description;

    /// <summary>Allowed values; null allows any text.</summary>
    public string[]? Values { get; set; }

    /// <summary>Longest value in characters; 0 does not say.</summary>
    public int MaxLength { get; set; }
}

/// <summary>Declares a header that a function reads itself, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequestHeaderAttribute(string name, string description) : Attribute
{
    /// <summary>Name of the header.</summary>
    public string Name { get; } = name;

    /// <summary>What it means.</summary>
    public string Description { get; } = description;

    /// <summary>Longest value in characters.</summary>
    public int MaxLength { get; set; } = 255;
}

/// <summary>Declares a header that a function sends with its success, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ResponseHeaderAttribute(string name, string description) : Attribute
{
    /// <summary>Name of the header.</summary>
    public string Name { get; } = name;

    /// <summary>What it means.</summary>
    public string Description { get; } = description;
}

/// <summary>Declares that an operation's success can be a stream of server-sent events, whose data is JSON of a type, for the OpenAPI document.</summary>
/// <param name="data">Shape of the data.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EventStreamAttribute(Type data) : Attribute
{
    /// <summary>Shape of the data.</summary>
    public Type Data { get; } = data;
}

/// <summary>Declares the body a function reads itself, for the OpenAPI document.</summary>
/// <param name="type">Shape of the body; <c>byte[]</c> for raw bytes.</param>
/// <param name="contentTypes">Accepted media types; JSON unless given.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequestBodyAttribute(Type type, params string[] contentTypes) : Attribute, IAcceptsMetadata
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes is [] ? ["application/json"] : contentTypes;

    /// <inheritdoc/>
    public Type? RequestType { get; } = type;

    /// <summary>Whether the operation does without a body: then neither a body nor a <c>Content-Type</c> need be sent.</summary>
    public bool IsOptional { get; set; }
}

/// <summary>Declares expected errors of an operation that its shape does not tell, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersAttribute(params ErrorKind[] kinds) : Attribute
{
    /// <summary>Kinds of errors.</summary>
    public IReadOnlyList<ErrorKind> Kinds { get; } = kinds;
}

/// <summary>Declares an example of a request or response record, as JSON, for the OpenAPI document. A test reads it back.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExampleAttribute(string json) : Attribute
{
    /// <summary>The example.</summary>
    public string Json { get; } = json;
}

/// <summary>
/// Declares how long a text of a request may be, for the OpenAPI document; of a list, each of its texts. The check is the function's. Limits of other kinds are declared by the
/// attributes of System.ComponentModel.DataAnnotations.
/// </summary>
/// <param name="graphemes">Most extended grapheme clusters, which are what people count as characters.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxGraphemesAttribute(int graphemes) : Attribute
{
    /// <summary>Most extended grapheme clusters.</summary>
    public int Graphemes { get; } = graphemes;
}

/// <summary>Declares that an operation takes <c>If-Match</c>, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IfMatchAttribute : Attribute;

/// <summary>Declares that an operation honours <c>Idempotency-Key</c>, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;

/// <summary>Declares that the function answers 304 where nothing has changed since the version that <c>If-None-Match</c> names, also to who is signed in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotModifiedAttribute : Attribute;
