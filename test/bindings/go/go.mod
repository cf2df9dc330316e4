module shop

go 1.24

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.235.0
	github.com/aws/constructs-go/constructs/v10 v10.4.4
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-apigatewayv2/integrations-go/apigatewayv2integrations v0.1.0
)
